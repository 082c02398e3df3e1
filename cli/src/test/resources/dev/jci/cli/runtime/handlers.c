/*
 * Mode ci-cycles with a cycle counter of the test's own, in a program whose speed changes from one interval to the next, so that the end of most is
 * looked for. ./handlers USUAL SELDOM OFTEN: the handler takes USUAL cycles, but each OFTEN-th time SELDOM. Writes, for a target of 5000, the mean and
 * the longest time between two calls, without that of the handler, and readings of the counter for 100 calls.
 */
#include <stdio.h>
#include <stdlib.h>
#include "probe.h"

enum { TARGET = 5000, STEP = 50, SETTLED = 2000, CALLS = 4000 };

static int64_t cycles, ended, sum, longest;
static int64_t usual, seldom, often;
static long readings, calls;

int64_t test_cycles(void) {
    readings++;
    return cycles;
}

static void handler(long clock) {
    (void)clock;
    if (++calls == SETTLED) {
        readings = 0;
    }
    if (calls > SETTLED) {
        int64_t interval = cycles - ended;
        sum += interval;
        longest = interval > longest ? interval : longest;
    }
    cycles += calls % often == 0 ? seldom : usual;
    ended = cycles;
}

int main(int count, char **arguments) {
    if (count != 4) {
        return 2;
    }
    usual = atoll(arguments[1]);
    seldom = atoll(arguments[2]);
    often = atoll(arguments[3]);
    register_ci(TARGET, TARGET, handler);
    for (long i = 0; calls < SETTLED + CALLS; i++) {
        int slow = i % 150 < 30;
        cycles += slow ? 2 * STEP : STEP;
        PROBE(STEP);
    }
    printf("mean %lld longest %lld readings %ld\n", (long long)(sum / CALLS), (long long)longest, readings * 100 / CALLS);
}
