/* A handler that runs for many intervals, with probes at every depth: it is not called again until it returns. */
#include <stdio.h>
#include "probe.h"

static int calls, inside, deepest;

static void handler(long clock) {
    (void)clock;
    calls++;
    if (++inside > deepest) deepest = inside;
    for (int frames = 0; frames < 100; frames++) probes(frames, 10, 5000);
    ci_disable();
    ci_enable();
    ci_enable();
    for (int frames = 0; frames < 100; frames++) probes(frames, 10, 5000);
    register_ci(1000, 1000, handler);
    for (int frames = 0; frames < 100; frames++) probes(frames, 10, 5000);
    inside--;
}

int main(void) {
    register_ci(1000, 1000, handler);
    probes(0, 20, 600);
    printf("calls %d, deepest %d\n", calls, deepest);
}
