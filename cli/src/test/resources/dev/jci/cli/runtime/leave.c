/* After the longjmp the mark of the handler's frame stands in an array that nobody writes: only ci_leave_handler tells. */
#include <setjmp.h>
#include <stdio.h>
#include "probe.h"

static jmp_buf out;
static int calls;

static void handler(long clock) {
    (void)clock;
    if (++calls == 1) {
        ci_leave_handler();
        longjmp(out, 1);
    }
}

static NOINLINE void below_an_array(void) {
    volatile char untouched[65536];
    __asm__ volatile("" : : "r"(untouched));
    probes(0, 20, 600);
}

int main(void) {
    register_ci(1000, 1000, handler);
    if (setjmp(out) == 0) probes(0, 100, 600);
    below_an_array();
    printf("%d\n", calls - 1);
}
