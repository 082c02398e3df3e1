/* What the handler does to its own registration stays done when it returns. */
#include <stdio.h>
#include "probe.h"

static int first, second;

static void disables(long clock) {
    (void)clock;
    first++;
    ci_disable();
}

static void deregisters(long clock) {
    (void)clock;
    first++;
    deregister_ci();
}

static void other(long clock) {
    (void)clock;
    second++;
}

static void replaces(long clock) {
    (void)clock;
    first++;
    register_ci(3000, 3000, other);
}

int main(void) {
    register_ci(1000, 1000, disables);
    probes(0, 20, 600);
    printf("disabled: %d, depth %d\n", first, lc_disabled_count);
    ci_enable();
    probes(0, 20, 600);
    printf("enabled and disabled again: %d\n", first);
    ci_enable();

    first = 0;
    register_ci(1000, 1000, deregisters);
    probes(0, 20, 600);
    ci_disable();
    ci_enable();
    probes(0, 20, 600);
    printf("deregistered: %d\n", first);

    first = 0;
    register_ci(1000, 1000, replaces);
    probes(0, 2, 600);
    probes(0, 24, 600);
    printf("replaced: %d, then %d\n", first, second);
}
