/* Principal components: means, a triangular loop nest for the covariance matrix (inner bounds depend on the outer
   variable), then power iteration with an early exit. */
#include "checksum.h"
#include <math.h>

static void means(const int *matrix, long rows, long columns, double *mean) {
    for (long r = 0; r < rows; r++) {
        long sum = 0;
        for (long c = 0; c < columns; c++) {
            sum += matrix[r * columns + c];
        }
        mean[r] = (double)sum / (double)columns;
    }
}

static void covariance(const int *matrix, long rows, long columns, const double *mean, double *result) {
    for (long i = 0; i < rows; i++) {
        for (long j = i; j < rows; j++) {
            double sum = 0;
            for (long c = 0; c < columns; c++) {
                sum += (matrix[i * columns + c] - mean[i]) * (matrix[j * columns + c] - mean[j]);
            }
            result[i * rows + j] = result[j * rows + i] = sum / (double)(columns - 1);
        }
    }
}

static int power_iteration(const double *matrix, long n, double *vector, double *next, double *eigenvalue) {
    for (long i = 0; i < n; i++) {
        vector[i] = 1.0 / (double)(i + 1);
    }
    int rounds = 0;
    double before = 0;
    while (rounds < 200) {
        double norm = 0;
        for (long i = 0; i < n; i++) {
            double sum = 0;
            for (long j = 0; j < n; j++) {
                sum += matrix[i * n + j] * vector[j];
            }
            next[i] = sum;
            norm += sum * sum;
        }
        norm = sqrt(norm);
        for (long i = 0; i < n; i++) {
            vector[i] = next[i] / norm;
        }
        rounds++;
        if (fabs(norm - before) < 1e-7 * norm) {
            break;
        }
        before = norm;
    }
    *eigenvalue = before;
    return rounds;
}

int main(int argc, char **argv) {
    long rows = size_argument(argc, argv, 450);
    long columns = rows * 2;
    int *matrix = malloc(sizeof *matrix * (size_t)(rows * columns));
    double *mean = malloc(sizeof *mean * (size_t)rows);
    double *squares = malloc(sizeof *squares * (size_t)(rows * rows));
    double *vector = malloc(sizeof *vector * (size_t)rows);
    double *next = malloc(sizeof *next * (size_t)rows);
    uint64_t random = 7;
    for (long i = 0; i < rows * columns; i++) {
        matrix[i] = (int)(next_random(&random) % 1000) + (int)(i % columns) / 2;
    }
    means(matrix, rows, columns, mean);
    covariance(matrix, rows, columns, mean, squares);
    double eigenvalue = 0;
    int rounds = power_iteration(squares, rows, vector, next, &eigenvalue);
    uint64_t sum = mix(3, (uint64_t)rounds);
    sum = mix(sum, (uint64_t)(int64_t)(eigenvalue / 16.0));
    for (long i = 0; i < rows; i++) {
        sum = mix(sum, rounded(mean[i]));
        sum = mix(sum, (uint64_t)(int64_t)(squares[i * rows + i] / 4.0));
    }
    free(matrix);
    free(mean);
    free(squares);
    free(vector);
    free(next);
    return finish("pca", sum);
}
