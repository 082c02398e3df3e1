/* n calls of ci_disable need n of ci_enable; more are harmless; registering does not end it. */
#include <stdio.h>
#include "probe.h"

static int calls;

static void handler(long clock) {
    (void)clock;
    calls++;
}

static void show(const char *what) {
    calls = 0;
    probes(0, 20, 600);
    printf("%s: depth %d, calls %d\n", what, ci_disabled_depth(), calls);
}

int main(void) {
    ci_enable();
    register_ci(1000, 1000, handler);
    show("registered");
    for (int i = 0; i < 3; i++) ci_disable();
    show("disabled three times");
    ci_enable();
    ci_enable();
    show("enabled twice");
    ci_enable();
    show("enabled three times");
    ci_enable();
    ci_enable();
    ci_disable();
    show("enabled twice too often, disabled once");
    register_ci(1000, 1000, handler);
    show("registered while disabled");
    ci_enable();
    show("enabled");
    deregister_ci();
    show("deregistered");
    ci_disable();
    ci_enable();
    show("enabled without registration");
}
