/* Linear regression: one reduction loop with five running sums (vectorised at -O2 and above), called from a driver
   loop over slices as a map-reduce library would. */
#include "checksum.h"

struct sums {
    int64_t x, y, xx, yy, xy, n;
};

struct sample {
    signed char x, y;
};

static struct sums map(const struct sample *samples, long count) {
    struct sums s = {0};
    for (long i = 0; i < count; i++) {
        int x = samples[i].x;
        int y = samples[i].y;
        s.x += x;
        s.y += y;
        s.xx += x * x;
        s.yy += y * y;
        s.xy += x * y;
    }
    s.n = count;
    return s;
}

static void reduce(struct sums *total, const struct sums *part) {
    total->x += part->x;
    total->y += part->y;
    total->xx += part->xx;
    total->yy += part->yy;
    total->xy += part->xy;
    total->n += part->n;
}

int main(int argc, char **argv) {
    long count = size_argument(argc, argv, 6000000);
    struct sample *samples = malloc(sizeof *samples * (size_t)count);
    uint64_t random = 31;
    for (long i = 0; i < count; i++) {
        uint64_t r = next_random(&random);
        samples[i].x = (signed char)(r >> 56);
        samples[i].y = (signed char)(samples[i].x / 2 + (int)((r >> 40) & 31) - 16);
    }
    uint64_t sum = 23;
    for (int pass = 1; pass <= 4; pass++) {
        struct sums total = {0};
        long slice = 1000 * pass + 7;
        for (long begin = 0; begin < count; begin += slice) {
            struct sums part = map(samples + begin, count - begin < slice ? count - begin : slice);
            reduce(&total, &part);
        }
        double n = (double)total.n;
        double b = (n * (double)total.xy - (double)total.x * (double)total.y)
                / (n * (double)total.xx - (double)total.x * (double)total.x);
        double a = ((double)total.y - b * (double)total.x) / n;
        sum = mix(sum, rounded(a));
        sum = mix(sum, rounded(b));
        sum = mix(sum, (uint64_t)total.yy);
    }
    free(samples);
    return finish("linreg", sum);
}
