/* Variable arguments of every class (integers, floating point, structures, va_copy), and function pointers: tables,
   callbacks with context, a pointer chosen at run time in a hot loop. */
#include "checksum.h"
#include <stdarg.h>
#include <string.h>

struct pair {
    int32_t a;
    double b;
};

struct large {
    uint64_t words[5];
};

static uint64_t fold(const char *format, ...) {
    va_list arguments;
    va_list again;
    uint64_t sum = 97;
    va_start(arguments, format);
    va_copy(again, arguments);
    for (const char *f = format; *f; f++) {
        switch (*f) {
            case 'i': sum = mix(sum, (uint64_t)va_arg(arguments, int)); break;
            case 'l': sum = mix(sum, va_arg(arguments, uint64_t)); break;
            case 'd': sum = mix(sum, rounded(va_arg(arguments, double))); break;
            case 's': sum = mix(sum, strlen(va_arg(arguments, const char *))); break;
            case 'p': {
                struct pair p = va_arg(arguments, struct pair);
                sum = mix(sum, (uint64_t)p.a + rounded(p.b));
                break;
            }
            case 'L': {
                struct large l = va_arg(arguments, struct large);
                sum = mix(sum, l.words[0] ^ l.words[4]);
                break;
            }
            case 'D': sum = mix(sum, (uint64_t)va_arg(arguments, long double)); break;
            default: break;
        }
    }
    va_end(arguments);
    if (*format == 'i') {
        sum = mix(sum, (uint64_t)va_arg(again, int));
    }
    va_end(again);
    return sum;
}

static int format(char *buffer, size_t size, const char *text, ...) {
    va_list arguments;
    va_start(arguments, text);
    int n = vsnprintf(buffer, size, text, arguments);
    va_end(arguments);
    return n;
}

typedef uint64_t (*operation)(uint64_t, uint64_t);

static uint64_t op_add(uint64_t a, uint64_t b) { return a + b; }
static uint64_t op_xor(uint64_t a, uint64_t b) { return a ^ b * 31; }
static uint64_t op_rotate(uint64_t a, uint64_t b) { return a << (b & 31) | a >> (64 - (b & 31)) % 64; }
static uint64_t op_loop(uint64_t a, uint64_t b) {
    for (uint64_t i = 0; i < (b & 7); i++) {
        a = a * 6364136223846793005u + i;
    }
    return a;
}

static const operation operations[] = {op_add, op_xor, op_rotate, op_loop};

static void each(const uint64_t *values, long n, void (*visit)(void *, uint64_t), void *context) {
    for (long i = 0; i < n; i++) {
        visit(context, values[i]);
    }
}

static void add_to(void *context, uint64_t value) {
    *(uint64_t *)context = mix(*(uint64_t *)context, value);
}

int main(int argc, char **argv) {
    long rounds = size_argument(argc, argv, 150000);
    uint64_t sum = 101;
    uint64_t random = 14;
    uint64_t values[64];
    char text[80];
    for (long round = 0; round < rounds; round++) {
        uint64_t r = next_random(&random);
        struct pair p = {(int32_t)r, (double)(r & 0xfff) / 8};
        struct large l = {{r, 1, 2, 3, r >> 7}};
        sum += fold("ildspLDiiiiiiddddddddd", (int)r, r, 2.5, "word", p, l, (long double)(r >> 20), 1, 2, 3, 4, 5, 6,
                    .5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5);
        values[round & 63] = operations[r >> 62](r, sum);
        if ((round & 63) == 63) {
            each(values, 64, add_to, &sum);
            sum = mix(sum, (uint64_t)format(text, sizeof text, "%d %s %.3f %lx", (int)round, "x", p.b, (long)(r >> 9)));
            sum = mix(sum, (uint64_t)text[3]);
        }
    }
    return finish("varargs", sum);
}
