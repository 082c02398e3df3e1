// flags: -std=c++17 -mavx2
// Vector extensions of several shapes (float, integer, odd widths), shuffles, comparisons, conversions, and loops that
// the vectoriser takes: reductions, strided loads, masked stores.
#include <cmath>
#include <cstdint>
#include <cstdio>

typedef float f8 __attribute__((vector_size(32)));
typedef int i8x __attribute__((vector_size(32)));
typedef double d4 __attribute__((vector_size(32)));
typedef int8_t b16 __attribute__((vector_size(16)));
typedef int64_t l2 __attribute__((vector_size(16)));
typedef float f3 __attribute__((ext_vector_type(3)));

extern "C" {
f8 blend(f8 a, f8 b, i8x m) { return m ? a * b : a - b; }
i8x compare(f8 a, f8 b) { return (a < b) | (a == b); }
b16 shuffle(b16 a, b16 b) { return __builtin_shufflevector(a, b, 0, 17, 2, 19, 4, 21, 6, 23, 8, 25, 10, 27, 12, 29, 14, 31); }
d4 widen(int a, int b, int c, int d) { return d4{double(a), double(b), double(c), double(d)}; }
l2 shifts(l2 a, l2 b) { return (a << 3) ^ (a >> 2) ^ -b; }
f3 cross(f3 a, f3 b) { return a.yzx * b.zxy - a.zxy * b.yzx; }
f8 convert(i8x a) { return __builtin_convertvector(a, f8); }

float dot(const float *a, const float *b, int n) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

void saxpy(float *__restrict y, const float *__restrict x, float a, long n) {
#pragma clang loop vectorize(enable) interleave_count(4)
    for (long i = 0; i < n; i++) {
        y[i] = a * x[i] + y[i];
    }
}

int sum_abs(const int *a, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
        sum += a[i] < 0 ? -a[i] : a[i];
    }
    return sum;
}

void strided(short *a, const short *b, int n) {
    for (int i = 0; i < n; i++) {
        if (b[2 * i] > 10) {
            a[i] = static_cast<short>(b[2 * i] + b[2 * i + 1]);
        }
    }
}

double roots(const double *a, double *b, int n) {
    double most = 0;
    for (int i = 0; i < n; i++) {
        b[i] = std::sqrt(std::fabs(a[i]));
        most = b[i] > most ? b[i] : most;
    }
    return most;
}

uint8_t saturate(uint8_t *a, const uint8_t *b, int n) {
    uint8_t last = 0;
    for (int i = 0; i < n; i++) {
        int s = a[i] + b[i];
        last = a[i] = static_cast<uint8_t>(s > 255 ? 255 : s);
    }
    return last;
}

#if __clang_major__ >= 15 || defined(__aarch64__)
_Float16 half(_Float16 a, float b) { return static_cast<_Float16>(static_cast<float>(a) * b); }
#endif
__int128 wide(__int128 a, unsigned __int128 b) { return a / 3 + static_cast<__int128>(b % 7); }
}

int main() {
    float a[40], b[40];
    int c[40];
    for (int i = 0; i < 40; i++) {
        a[i] = static_cast<float>(i);
        b[i] = static_cast<float>(40 - i);
        c[i] = i * 7 % 13 - 6;
    }
    saxpy(a, b, 0.5f, 40);
    f8 v = blend(*(f8 *)__builtin_memcpy(new f8, a, 32), convert(i8x{1, 2, 3, 4, 5, 6, 7, 8}), i8x{-1, 0, -1, 0, 0, 0, -1, -1});
    std::printf("%g %d %g\n", static_cast<double>(dot(a, b, 40)), sum_abs(c, 40), static_cast<double>(v[3]));
}
