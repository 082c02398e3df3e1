/* setjmp and longjmp over several frames, in loops and out of callbacks, with volatile state that must survive: calls
   that return twice, functions that do not return. */
#include "checksum.h"
#include <setjmp.h>

static jmp_buf outer;
static jmp_buf inner;

static void __attribute__((noreturn)) leave(jmp_buf where, int value) {
    longjmp(where, value);
}

static int dig(int depth, int limit, uint64_t *sum) {
    for (int i = 0; i < depth; i++) {
        *sum = mix(*sum, (uint64_t)(i ^ depth));
    }
    if (depth == limit) {
        if (limit % 2) {
            leave(inner, limit + 1);
        }
        leave(outer, limit + 1);
    }
    return dig(depth + 1, limit, sum) + 1;
}

static int compare(const void *a, const void *b) {
    int left = *(const int *)a;
    int right = *(const int *)b;
    if (left == right) {
        leave(outer, 77);
    }
    return left < right ? -1 : 1;
}

int main(int argc, char **argv) {
    volatile long rounds = size_argument(argc, argv, 200000);
    volatile long round = 0;
    static uint64_t sum = 89;
    int from = setjmp(outer);
    if (from != 0) {
        sum = mix(sum, (uint64_t)from);
        round++;
    }
    while (round < rounds) {
        int caught = setjmp(inner);
        if (caught != 0) {
            sum = mix(sum, (uint64_t)caught * 3);
            round++;
            if (round >= rounds) {
                break;
            }
        }
        if (round % 10 == 9) {
            int numbers[32];
            for (int i = 0; i < 32; i++) {
                numbers[i] = (int)((i * 37 + round) % (24 + round % 16));
            }
            qsort(numbers, 32, sizeof *numbers, compare);
            sum = mix(sum, (uint64_t)numbers[5]);
            round++;
            continue;
        }
        dig(0, 1 + (int)(round % 13), &sum);
    }
    return finish("longjump", sum);
}
