/*
 * Mode ci-cycles with a cycle counter of the test's own, which runs on while interrupts are off: how many cycles with interrupts on there are
 * between two calls of the handler, to the nearest 500. Asked for are 10000; a probe comes every 100.
 */
#include <setjmp.h>
#include <stdio.h>
#include "probe.h"

enum { INTERVAL = 10000, STEP = 100 };

static int64_t cycles, enabled, sum;
static int calls;
static jmp_buf out;

int64_t test_cycles(void) {
    return cycles;
}

static void handler(long clock) {
    (void)clock;
    calls++;
    sum += enabled;
    enabled = 0;
}

/* Interrupts are on for a number of cycles, with as much work. */
static void run(int64_t length) {
    for (int64_t i = 0; i < length; i += STEP) {
        cycles += STEP;
        enabled += STEP;
        PROBE(STEP);
    }
}

/* Interrupts are off for some time and some work. */
static void pause_for(int64_t time, int64_t work) {
    ci_disable();
    cycles += time;
    PROBE(work);
    ci_enable();
}

/* Begins anew, with the speed of the program known. */
static void begin(void) {
    register_ci(INTERVAL, INTERVAL, handler);
    enabled = sum = calls = 0;
    run(10 * INTERVAL);
    register_ci(INTERVAL, INTERVAL, handler);
    enabled = sum = calls = 0;
}

static long long rounded(int64_t length) {
    return (length + 250) / 500 * 500;
}

static void show(const char *what) {
    printf("%s: %lld\n", what, calls ? rounded(sum / calls) : -1);
}

static void until_called(const char *what) {
    while (calls == 0) run(STEP);
    show(what);
}

static void many(const char *what, int64_t between, int64_t time, int64_t work) {
    begin();
    for (int i = 0; i < 20000; i++) {
        run(between);
        pause_for(time, work);
    }
    show(what);
}

/* Handlers that do something in their first call. */
static void disables(long clock) {
    handler(clock);
    if (calls > 1) return;
    ci_disable();
    cycles += 3000;
}

static void disables_and_enables(long clock) {
    handler(clock);
    if (calls > 1) return;
    cycles += 3000;
    pause_for(3000, 3000);
    cycles += 3000;
}

static void disables_and_leaves(long clock) {
    handler(clock);
    if (calls > 1) return;
    ci_disable();
    cycles += 3000;
    longjmp(out, 1);
}

/* The interval after such a call. */
static void after_a_call(const char *what, void (*first)(long)) {
    begin();
    register_ci(INTERVAL, INTERVAL, first);
    if (setjmp(out) == 0) {
        while (calls == 0) run(STEP);
    }
    if (ci_disabled_depth() > 0) pause_for(50000, 50000);
    ci_enable();
    sum = 0;
    while (calls == 1) run(STEP);
    printf("%s: %lld\n", what, rounded(sum));
}

static void hook_that_pauses(void) {
    pause_for(1000, 1000);
}

static void hook_that_takes_long(void) {
    cycles += 1000;
}

/* The first interval of a registration that begins, or follows on one that ends, while interrupts are off. */
static void within_registration(const char *what, int again) {
    begin();
    ci_disable();
    cycles += 50000;
    deregister_ci();
    cycles += 50000;
    if (again) register_ci(INTERVAL, INTERVAL, handler);
    cycles += 50000;
    ci_enable();
    if (!again) register_ci(INTERVAL, INTERVAL, handler);
    until_called(what);
}

int main(void) {
    many("no pauses", STEP, 0, 0);
    many("short pauses at every step", STEP, 300, 0);
    many("pauses longer than the interval", 3000, 70000, 0);
    many("pauses with slow work", 1000, 2000, 500);
    many("pauses with fast work", 1000, 2000, 20000);

    begin();
    for (int i = 0; i < 20000; i++) {
        run(1000);
        ci_disable();
        cycles += 1000;
        pause_for(1000, 100);
        cycles += 1000;
        ci_enable();
    }
    show("pauses in pauses");

    begin();
    run(5000);
    pause_for(-1000000000, 0);
    until_called("the counter goes back in a pause");

    within_registration("registered in a pause", 1);
    within_registration("deregistered in a pause", 0);

    after_a_call("the handler disables", disables);
    after_a_call("the handler disables and enables", disables_and_enables);
    after_a_call("the handler disables and leaves", disables_and_leaves);

    register_ci_disable_hook(hook_that_takes_long);
    many("the disable hook takes long", 1000, 2000, 0);
    register_ci_disable_hook(hook_that_pauses);
    many("the disable hook disables and enables", 1000, 2000, 0);
    register_ci_disable_hook(NULL);
    register_ci_enable_hook(hook_that_pauses);
    many("the enable hook disables and enables", 1000, 2000, 0);
}
