/* Every call of the handler ends with a longjmp, each further down than the one before. */
#include <setjmp.h>
#include <stdio.h>
#include "probe.h"

static jmp_buf out;
static int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
    longjmp(out, 1);
}

int main(void) {
    register_ci(1000, 1000, handler);
    for (volatile int i = 0; i < 50; i++) {
        if (setjmp(out) == 0) {
            probes(i, 10, 600);
            printf("probes of round %d came back\n", i);
        }
    }
    printf("%d\n", calls);
}
