/* The disable hook comes before interrupts go off, the enable hook after they are on; nested calls call none. */
#include <stdio.h>
#include "probe.h"

static int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
}

static void note(const char *name) {
    calls = 0;
    probes(0, 20, 600);
    printf("%s hook: depth %d, interrupts %s\n", name, ci_disabled_depth(), calls > 0 ? "on" : "off");
}

static void off(void) { note("disable"); }
static void on(void) { note("enable"); }

int main(void) {
    register_ci(1000, 1000, handler);
    register_ci_disable_hook(off);
    register_ci_enable_hook(on);
    printf("enable without need\n");
    ci_enable();
    printf("disable\n");
    ci_disable();
    printf("disable again\n");
    ci_disable();
    printf("enable\n");
    ci_enable();
    printf("enable again\n");
    ci_enable();
    printf("no hooks\n");
    register_ci_disable_hook(NULL);
    register_ci_enable_hook(NULL);
    ci_disable();
    ci_enable();
}
