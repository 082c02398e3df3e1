/* Histogram of the three colours of an image: one long counted loop without calls, three stores with unknown aliasing
   per iteration, then short loops with a constant trip count. */
#include "checksum.h"
#include <string.h>

static void count_colours(const unsigned char *pixels, long bytes, uint32_t *red, uint32_t *green, uint32_t *blue) {
    for (long i = 0; i + 2 < bytes; i += 3) {
        blue[pixels[i]]++;
        green[pixels[i + 1]]++;
        red[pixels[i + 2]]++;
    }
}

int main(int argc, char **argv) {
    long pixels = size_argument(argc, argv, 8000000);
    unsigned char *image = malloc((size_t)pixels * 3);
    uint64_t random = 99;
    long at = 0;
    for (; at + 8 <= pixels * 3; at += 8) {
        uint64_t eight = next_random(&random);
        memcpy(image + at, &eight, 8);
    }
    for (; at < pixels * 3; at++) {
        image[at] = (unsigned char)at;
    }
    uint32_t red[256] = {0};
    uint32_t green[256] = {0};
    uint32_t blue[256] = {0};
    for (int pass = 0; pass < 4; pass++) {
        count_colours(image, pixels * 3, red, green, blue);
        image[pass * 5] ^= 0x55;
    }
    uint64_t sum = 5;
    for (int i = 0; i < 256; i++) {
        sum = mix(sum, red[i]);
        sum = mix(sum, green[i]);
        sum = mix(sum, blue[i]);
    }
    free(image);
    return finish("histogram", sum);
}
