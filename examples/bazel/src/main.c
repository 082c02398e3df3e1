/* Counts primes and follows 3n+1 sequences, and tells how often the handler ran meanwhile. */
#include "ci.h"
#include <stdio.h>

int count_primes(int below);
long longest_sequence(long below);

static long calls;

static void heartbeat(long clock) {
    (void)clock;
    calls++;
}

int main(void) {
    register_ci(100000, 100000, heartbeat);
    int primes = count_primes(200000);
    long longest = longest_sequence(100000);
    deregister_ci();
    printf("%d primes, longest sequence %ld\n", primes, longest);
    fprintf(stderr, "the handler ran %ld times\n", calls);
    return primes == 17984 && longest == 351 && calls > 50 ? 0 : 1;
}
