/* Matrix product: perfectly nested counted loops of three, once straight and once blocked (bounds by a minimum), and a
   fixed 4x4 product that the compiler unrolls fully. */
#include "checksum.h"

static void product(const double *a, const double *b, double *c, long n) {
    for (long i = 0; i < n; i++) {
        for (long j = 0; j < n; j++) {
            double sum = 0;
            for (long k = 0; k < n; k++) {
                sum += a[i * n + k] * b[k * n + j];
            }
            c[i * n + j] = sum;
        }
    }
}

static long least(long a, long b) {
    return a < b ? a : b;
}

static void blocked(const double *a, const double *b, double *c, long n, long block) {
    for (long i = 0; i < n * n; i++) {
        c[i] = 0;
    }
    for (long kk = 0; kk < n; kk += block) {
        for (long jj = 0; jj < n; jj += block) {
            for (long i = 0; i < n; i++) {
                for (long k = kk; k < least(kk + block, n); k++) {
                    double factor = a[i * n + k];
                    for (long j = jj; j < least(jj + block, n); j++) {
                        c[i * n + j] += factor * b[k * n + j];
                    }
                }
            }
        }
    }
}

static void small(const int a[4][4], const int b[4][4], int c[4][4]) {
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            int sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += a[i][k] * b[k][j];
            }
            c[i][j] = sum & 0xffff;
        }
    }
}

int main(int argc, char **argv) {
    long n = size_argument(argc, argv, 400);
    double *a = malloc(sizeof *a * (size_t)(n * n));
    double *b = malloc(sizeof *b * (size_t)(n * n));
    double *c = malloc(sizeof *c * (size_t)(n * n));
    double *d = malloc(sizeof *d * (size_t)(n * n));
    uint64_t random = 1234;
    for (long i = 0; i < n * n; i++) {
        a[i] = (double)(next_random(&random) % 100);
        b[i] = (double)(next_random(&random) % 100);
    }
    product(a, b, c, n);
    blocked(a, b, d, n, 48);
    uint64_t sum = 29;
    for (long i = 0; i < n * n; i++) {
        if (c[i] != d[i]) {
            puts("matmul: the products differ");
            return 1;
        }
        sum = mix(sum, rounded(c[i]));
    }
    int x[4][4], y[4][4], z[4][4];
    for (int i = 0; i < 16; i++) {
        x[i / 4][i % 4] = i * 7 + 1;
        y[i / 4][i % 4] = i * i + 3;
    }
    for (long round = 0; round < n * 100; round++) {
        small((const int (*)[4])x, (const int (*)[4])y, z);
        x[round & 3][round >> 2 & 3] = z[round >> 1 & 3][round & 3];
    }
    for (int i = 0; i < 16; i++) {
        sum = mix(sum, (uint64_t)z[i / 4][i % 4]);
    }
    free(a);
    free(b);
    free(c);
    free(d);
    return finish("matmul", sum);
}
