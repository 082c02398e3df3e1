/* k-means clustering: a nest of counted loops over points, clusters and dimensions with a data-dependent minimum,
   repeated until nothing moves. Map phase (assign) and reduce phase (average) are separate functions. */
#include "checksum.h"

enum { DIMENSIONS = 8, CLUSTERS = 12, ROUNDS = 10 };

static double distance(const double *a, const double *b) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
        double delta = a[d] - b[d];
        sum += delta * delta;
    }
    return sum;
}

static long assign(const double *points, long count, const double *centres, int *cluster) {
    long moved = 0;
    for (long p = 0; p < count; p++) {
        int best = 0;
        double least = distance(points + p * DIMENSIONS, centres);
        for (int c = 1; c < CLUSTERS; c++) {
            double far = distance(points + p * DIMENSIONS, centres + c * DIMENSIONS);
            if (far < least) {
                least = far;
                best = c;
            }
        }
        if (cluster[p] != best) {
            cluster[p] = best;
            moved++;
        }
    }
    return moved;
}

static void average(const double *points, long count, double *centres, const int *cluster) {
    double sums[CLUSTERS][DIMENSIONS] = {{0}};
    long members[CLUSTERS] = {0};
    for (long p = 0; p < count; p++) {
        members[cluster[p]]++;
        for (int d = 0; d < DIMENSIONS; d++) {
            sums[cluster[p]][d] += points[p * DIMENSIONS + d];
        }
    }
    for (int c = 0; c < CLUSTERS; c++) {
        for (int d = 0; d < DIMENSIONS && members[c]; d++) {
            centres[c * DIMENSIONS + d] = sums[c][d] / (double)members[c];
        }
    }
}

int main(int argc, char **argv) {
    long count = size_argument(argc, argv, 60000);
    double *points = malloc(sizeof *points * (size_t)count * DIMENSIONS);
    int *cluster = malloc(sizeof *cluster * (size_t)count);
    double centres[CLUSTERS * DIMENSIONS];
    uint64_t random = 42;
    for (long i = 0; i < count * DIMENSIONS; i++) {
        points[i] = (double)(next_random(&random) % 10000) / 10.0;
    }
    for (long p = 0; p < count; p++) {
        cluster[p] = -1;
    }
    for (int i = 0; i < CLUSTERS * DIMENSIONS; i++) {
        centres[i] = points[i * 3];
    }
    uint64_t sum = 1;
    for (int round = 0; round < ROUNDS; round++) {
        long moved = assign(points, count, centres, cluster);
        sum = mix(sum, (uint64_t)moved);
        if (moved == 0) {
            break;
        }
        average(points, count, centres, cluster);
    }
    for (int i = 0; i < CLUSTERS * DIMENSIONS; i++) {
        sum = mix(sum, rounded(centres[i]));
    }
    free(points);
    free(cluster);
    return finish("kmeans", sum);
}
