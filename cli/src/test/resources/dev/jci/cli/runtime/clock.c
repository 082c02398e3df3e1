/* The clock is 64 bits wide, counts the work and nothing else, and the handler gets it. */
#include <stdio.h>
#include "probe.h"

static long last;
static int calls;

static void handler(long clock) {
    last = clock;
    calls++;
}

int main(void) {
    PROBE(500);
    printf("start %lld\n", (long long)ci_clock());
    register_ci(1000, 1000, handler);
    printf("registered %lld\n", (long long)ci_clock());
    PROBE(400);
    PROBE(600);
    printf("at the interval %lld, calls %d\n", (long long)ci_clock(), calls);
    PROBE(1);
    printf("behind it %lld, calls %d, handler's clock %ld\n", (long long)ci_clock(), calls, last);
    PROBE(3000000000);
    PROBE(3000000000);
    printf("wide %lld, calls %d, handler's clock %ld\n", (long long)ci_clock(), calls, last);
    ci_disable();
    ci_disable();
    PROBE(7);
    printf("disabled %lld\n", (long long)ci_clock());
    ci_enable();
    ci_enable();
    deregister_ci();
    PROBE(7);
    printf("deregistered %lld\n", (long long)ci_clock());
    printf("bytes %zu %zu\n", sizeof(LocalLC), sizeof(NextInterval));
}
