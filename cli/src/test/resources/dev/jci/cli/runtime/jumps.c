/* To be instrumented: every call of the handler jumps back to main, which then works further down the stack. */
#include <setjmp.h>
#include <stdio.h>
#include "ci.h"

static jmp_buf out;
static volatile int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
    longjmp(out, 1);
}

__attribute__((noinline)) static long work(int depth, long n) {
    volatile long sum = 1;
    if (depth > 0) return work(depth - 1, n) + sum;
    for (long i = 0; i < n; i++) sum = sum * 31 + (sum >> 3) + i;
    return sum;
}

int main(void) {
    volatile int back = 0;
    register_ci(1000, 1000, handler);
    for (volatile int i = 0; i < 30; i++) {
        if (setjmp(out) == 0) {
            work(i, 100000);
            back++;
        }
    }
    deregister_ci();
    printf("calls %d, came back %d\n", calls, back);
}
