/* Everything that the published ci_lib.h declares. */
#include <stdint.h>
#include <stdio.h>
#include "probe.h"

static long last;
static void handler(long clock) { last = clock; }

int main(void) {
    ci_handler function = handler;
    ci_margin_hook hook = NULL;
    printf("before: %llu %llu\n", (unsigned long long)ci_ir_interval, (unsigned long long)ci_reset_ir_interval);
    register_ci(3000, 5000, function);
    register_ci_disable_hook(hook);
    register_ci_enable_hook(hook);
    instr_disable();
    instr_enable();
    PROBE(10);
    long clock = LocalLC;
    int64_t next = NextInterval;
    uint64_t interval = ci_ir_interval, half = ci_reset_ir_interval, cycles = ci_cycles_interval;
    printf("%ld %lld %llu %llu %llu\n", clock, (long long)next, (unsigned long long)interval, (unsigned long long)half,
           (unsigned long long)cycles);
    printf("threshold %s\n", ci_cycles_threshold > 0 && ci_cycles_threshold <= cycles ? "fits" : "is off");
    intvActionHook(77);
    printf("hook called: %ld\n", last);
    ci_disable();
    intvActionHook(78);
    printf("disabled %d: %ld\n", lc_disabled_count, last);
    ci_enable();
    deregister_ci();
    intvActionHook(79);
    printf("deregistered: %ld\n", last);
    printf("after: %llu %llu\n", (unsigned long long)ci_ir_interval, (unsigned long long)ci_cycles_interval);
}
