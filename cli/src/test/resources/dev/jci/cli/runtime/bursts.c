/* However late a probe comes, it calls the handler once. */
#include <stdio.h>
#include "probe.h"

static int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
}

static void slow(long clock) {
    (void)clock;
    calls++;
    if (calls == 1) probes(0, 100, 1000);
}

static void show(const char *what) {
    printf("%s: %d\n", what, calls);
    calls = 0;
}

int main(void) {
    probes(0, 100, 1000);
    register_ci(1000, 1000, handler);
    probes(0, 100, 1);
    show("after registration");
    probes(0, 1, 1000000);
    probes(0, 100, 1);
    show("after a long way without a probe");
    register_ci(1000, 1000, slow);
    probes(0, 1, 1001);
    probes(0, 100, 1);
    show("after a long handler");
    register_ci(1000, 1000, handler);
    ci_disable();
    probes(0, 100, 1000);
    ci_enable();
    probes(0, 100, 1);
    show("after a long time disabled");
    probes(0, 100, 1000);
    show("then");
}
