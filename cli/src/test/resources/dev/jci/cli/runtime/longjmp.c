/* The first call of the handler ends with a longjmp; all probes after that stand deeper than the one that called it. */
#include <setjmp.h>
#include <stdio.h>
#include "probe.h"

static jmp_buf out;
static int calls;

static void handler(long clock) {
    (void)clock;
    if (++calls == 1) longjmp(out, 1);
}

int main(void) {
    register_ci(1000, 1000, handler);
    if (setjmp(out) == 0) probes(0, 100, 600);
    printf("%d", calls);
    for (int frames = 1; frames <= 64; frames *= 2) {
        calls = 1;
        probes(frames, 20, 600);
        printf(" %d", calls - 1);
    }
    printf("\n");
}
