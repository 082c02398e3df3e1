/* Fast Fourier transform, iterative with a bit reversal loop and recursive; loops whose step is multiplied instead of
   added, recursion with a small leaf. Forward and back must give the input again. */
#include "checksum.h"
#include <math.h>

typedef struct {
    double re, im;
} complex_t;

static const double PI = 3.14159265358979323846;

static void iterative(complex_t *data, long n, double direction) {
    for (long i = 1, j = 0; i < n; i++) {
        long bit = n >> 1;
        for (; j & bit; bit >>= 1) {
            j ^= bit;
        }
        j ^= bit;
        if (i < j) {
            complex_t swap = data[i];
            data[i] = data[j];
            data[j] = swap;
        }
    }
    for (long length = 2; length <= n; length <<= 1) {
        double angle = direction * 2 * PI / (double)length;
        complex_t step = {cos(angle), sin(angle)};
        for (long begin = 0; begin < n; begin += length) {
            complex_t w = {1, 0};
            for (long k = 0; k < length / 2; k++) {
                complex_t u = data[begin + k];
                complex_t x = data[begin + k + length / 2];
                complex_t v = {x.re * w.re - x.im * w.im, x.re * w.im + x.im * w.re};
                data[begin + k].re = u.re + v.re;
                data[begin + k].im = u.im + v.im;
                data[begin + k + length / 2].re = u.re - v.re;
                data[begin + k + length / 2].im = u.im - v.im;
                double re = w.re * step.re - w.im * step.im;
                w.im = w.re * step.im + w.im * step.re;
                w.re = re;
            }
        }
    }
}

static void recursive(const complex_t *in, complex_t *out, long n, long stride) {
    if (n == 1) {
        out[0] = in[0];
        return;
    }
    recursive(in, out, n / 2, stride * 2);
    recursive(in + stride, out + n / 2, n / 2, stride * 2);
    for (long k = 0; k < n / 2; k++) {
        double angle = -2 * PI * (double)k / (double)n;
        complex_t w = {cos(angle), sin(angle)};
        complex_t x = out[k + n / 2];
        complex_t v = {x.re * w.re - x.im * w.im, x.re * w.im + x.im * w.re};
        complex_t u = out[k];
        out[k].re = u.re + v.re;
        out[k].im = u.im + v.im;
        out[k + n / 2].re = u.re - v.re;
        out[k + n / 2].im = u.im - v.im;
    }
}

int main(int argc, char **argv) {
    long n = 1L << size_argument(argc, argv, 17);
    complex_t *signal = malloc(sizeof *signal * (size_t)n);
    complex_t *work = malloc(sizeof *work * (size_t)n);
    complex_t *check = malloc(sizeof *check * (size_t)n);
    uint64_t random = 3;
    for (long i = 0; i < n; i++) {
        signal[i].re = (double)(next_random(&random) % 1000) / 100;
        signal[i].im = 0;
        work[i] = signal[i];
    }
    iterative(work, n, -1);
    recursive(signal, check, n, 1);
    uint64_t sum = 41;
    for (long i = 0; i < n; i++) {
        if (fabs(work[i].re - check[i].re) > 1e-4 || fabs(work[i].im - check[i].im) > 1e-4) {
            puts("fft: the transforms differ");
            return 1;
        }
        sum = mix(sum, (uint64_t)(int64_t)(work[i].re * 16 + 0.37));
    }
    iterative(work, n, 1);
    for (long i = 0; i < n; i++) {
        if (fabs(work[i].re / (double)n - signal[i].re) > 1e-6) {
            puts("fft: not the signal again");
            return 1;
        }
    }
    free(signal);
    free(work);
    free(check);
    return finish("fft", sum);
}
