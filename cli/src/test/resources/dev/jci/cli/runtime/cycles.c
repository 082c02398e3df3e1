/* Mode ci-cycles with a cycle counter of the test's own: ./cycles IR_INTERVAL CYCLES_INTERVAL CYCLES_PER_IR*100 WORK... */
#include <stdio.h>
#include <stdlib.h>
#include "probe.h"

static int64_t cycles;
static long looks, calls;

int64_t test_cycles(void) {
    looks++;
    return cycles;
}

static void handler(long clock) {
    (void)clock;
    calls++;
    cycles += 300;
}

static void run(int64_t steps, int64_t work, int64_t percent) {
    looks = calls = 0;
    int64_t begin = cycles;
    for (int64_t i = 0; i < steps; i++) {
        cycles += work * percent / 100;
        PROBE(work);
    }
    int64_t spent = cycles - begin - 300 * calls;
    printf("mean %lld looks %lld\n", calls ? (long long)(spent / calls) : -1, calls ? (long long)(looks / calls) : -1);
}

int main(int count, char **arguments) {
    int ir = atoi(arguments[1]), target = atoi(arguments[2]);
    register_ci(ir, target, handler);
    for (int i = 3; i + 2 < count; i += 3) {
        if (atoll(arguments[i]) == 0) {
            cycles += atoll(arguments[i + 1]);
        } else {
            run(atoll(arguments[i]), atoll(arguments[i + 1]), atoll(arguments[i + 2]));
        }
    }
}
