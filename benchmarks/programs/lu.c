/* LU decomposition with partial pivoting and back substitution: loops that count down, bounds that shrink with the
   outer variable, a rarely taken row swap. */
#include "checksum.h"
#include <math.h>

static int decompose(double *m, long n, long *order) {
    int sign = 1;
    for (long i = 0; i < n; i++) {
        order[i] = i;
    }
    for (long column = 0; column < n; column++) {
        long pivot = column;
        for (long row = column + 1; row < n; row++) {
            if (fabs(m[row * n + column]) > fabs(m[pivot * n + column])) {
                pivot = row;
            }
        }
        if (m[pivot * n + column] == 0) {
            return 0;
        }
        if (pivot != column) {
            for (long k = 0; k < n; k++) {
                double swap = m[pivot * n + k];
                m[pivot * n + k] = m[column * n + k];
                m[column * n + k] = swap;
            }
            long swap = order[pivot];
            order[pivot] = order[column];
            order[column] = swap;
            sign = -sign;
        }
        for (long row = column + 1; row < n; row++) {
            double factor = m[row * n + column] /= m[column * n + column];
            for (long k = column + 1; k < n; k++) {
                m[row * n + k] -= factor * m[column * n + k];
            }
        }
    }
    return sign;
}

static void solve(const double *m, long n, const long *order, const double *right, double *x) {
    for (long row = 0; row < n; row++) {
        double sum = right[order[row]];
        for (long k = 0; k < row; k++) {
            sum -= m[row * n + k] * x[k];
        }
        x[row] = sum;
    }
    for (long row = n; row-- > 0;) {
        double sum = x[row];
        for (long k = n - 1; k > row; k--) {
            sum -= m[row * n + k] * x[k];
        }
        x[row] = sum / m[row * n + row];
    }
}

int main(int argc, char **argv) {
    long n = size_argument(argc, argv, 750);
    double *m = malloc(sizeof *m * (size_t)(n * n));
    double *right = calloc((size_t)n, sizeof *right);
    double *x = malloc(sizeof *x * (size_t)n);
    long *order = malloc(sizeof *order * (size_t)n);
    uint64_t random = 8;
    for (long row = 0; row < n; row++) {
        for (long k = 0; k < n; k++) {
            double value = (double)(next_random(&random) % 2000) / 100 - 10;
            m[row * n + k] = value;
            right[row] += value * (double)(k % 17 - 8);
        }
    }
    int sign = decompose(m, n, order);
    uint64_t sum = mix(43, (uint64_t)(sign + 1));
    solve(m, n, order, right, x);
    for (long i = 0; i < n; i++) {
        if (fabs(x[i] - (double)(i % 17 - 8)) > 1e-4) {
            printf("lu: x[%ld] = %f\n", i, x[i]);
            return 1;
        }
        sum = mix(sum, (uint64_t)order[i]);
        sum = mix(sum, (uint64_t)(int64_t)(x[i] * 8 + 100.5));
    }
    free(m);
    free(right);
    free(x);
    free(order);
    return finish("lu", sum);
}
