/* flags: -pthread
   C features: thread-local and weak symbols, aliases, ifunc, sections, visibility, bit-fields, flexible arrays, unions,
   complex numbers, computed goto, statement expressions, variable length arrays, _Generic, constructor functions,
   overflow builtins, wide integers, module assembly, prefetch, musttail. */
#include <complex.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__asm__(".section .note.jci,\"\",@note\n\t.previous");

_Thread_local int per_thread __attribute__((tls_model("initial-exec"))) = 5;
static _Thread_local char buffer[32];
int placed __attribute__((section("jci_data"), used, aligned(32))) = 3;
__attribute__((visibility("hidden"))) const char *const names[] = {"one", "two", [3] = "four"};
extern int missing(void) __attribute__((weak));
static int real(int x) { return x + placed; }
int other(int x) __attribute__((alias("real")));

static int plain_twice(int x) { return 2 * x; }
static int (*resolve(void))(int) { return plain_twice; }
int twice(int x) __attribute__((ifunc("resolve")));

struct bits {
    unsigned a : 3;
    int b : 7;
    unsigned long long c : 40;
    _Bool d : 1;
};

struct flexible {
    int count;
    alignas(16) float values[];
};

union number {
    double d;
    uint64_t u;
    struct {
        uint32_t low, high;
    };
};

#define kind(x) _Generic((x), int: 1, double: 2, char *: 3, default: 4)

__attribute__((constructor(200))) static void before(void) {
    strcpy(buffer, "before");
}

__attribute__((noinline, cold)) static int rarely(int x) {
    return x ^ 0x55;
}

static long tail(long n, long sum) {
    if (n == 0) {
        return sum;
    }
    __attribute__((musttail)) return tail(n - 1, sum + n);
}

static double complex rotate(double complex z, int times) {
    for (int i = 0; i < times; i++) {
        z *= 1 + 2 * I;
    }
    return z;
}

static int variable(int n) {
    int cells[n][n + 1];
    memset(cells, 0, sizeof cells);
    for (int i = 0; i < n; i++) {
        cells[i][i] = i;
    }
    int *copy = __builtin_alloca((size_t)n * sizeof *copy);
    for (int i = 0; i < n; i++) {
        copy[i] = cells[i][i] * 2;
    }
    return copy[n - 1];
}

int main(int argc, char **argv) {
    struct bits bits = {.a = 5, .b = -3, .c = 1ull << 39, .d = 1};
    bits.b += argc;
    struct flexible *f = malloc(sizeof *f + 4 * sizeof(float));
    f->count = 4;
    for (int i = 0; i < f->count; i++) {
        f->values[i] = (float)i / 3;
    }
    union number number = {.d = -1.5};
    int overflowed = __builtin_add_overflow(INT32_MAX, argc, &f->count);
    unsigned __int128 wide = (unsigned __int128)number.u * 0x123456789abcdefull;
    int largest = ({ int a = real(argc), b = other(2); a > b ? a : b; });
    __builtin_prefetch(argv, 0, 1);
    long double precise = 1.0L / 3;
    if (__builtin_expect(argc > 100, 0)) {
        largest = rarely(largest);
    }
    if (missing) {
        largest += missing();
    }
    volatile int *device = &placed;
    *device += 1;
    printf("%d %llu %g %u %d %d %llx %d %d\n", bits.b, (unsigned long long)bits.c, (double)f->values[3], number.high,
           overflowed, kind(argv[0]), (unsigned long long)(wide >> 64), largest, per_thread++);
    printf("%.10Lf %g %d %ld %s %s %d %d\n", precise, creal(rotate(1, 5)), variable(9), tail(1000, 0), names[3], buffer,
           twice(21), __builtin_popcountll(wide) + __builtin_ctz(8) + (int)__builtin_bswap32(1));
    free(f);
    return 0;
}
