// Handlers and hooks that throw; what comes after them stands deeper on the stack.
#include <cstdio>
#include "probe.h"

static int calls;

static void handler(long clock) {
    if (++calls == 1) throw clock;
}

static void hook() { throw 1; }

static NOINLINE void below_an_array() {
    volatile char untouched[65536];
    __asm__ volatile("" : : "r"(untouched));
    probes(0, 20, 600);
}

int main() {
    register_ci(1000, 1000, handler);
    try {
        probes(3, 20, 600);
    } catch (long clock) {
        std::printf("caught at %ld\n", clock);
    }
    below_an_array();
    std::printf("handler called again: %d\n", calls - 1);
    int caught = 0;
    register_ci_disable_hook(hook);
    for (int i = 0; i < 3; i++) {
        try {
            ci_disable();
        } catch (int) {
            caught++;
        }
    }
    std::printf("hook called again: %d, depth %d\n", caught, ci_disabled_depth());
}
