/*
 * Counts primes while a handler is called about every 100,000 IR instructions: a heartbeat without timers, signals or threads.
 *
 *     ./jci build examples/primes.ll -o primes && ./primes
 */
#include "ci.h"
#include <stdio.h>

static long calls;
static long last;
static long longest;

static void heartbeat(long clock) {
  long distance = clock - last;
  last = clock;
  calls++;
  if (calls > 1 && distance > longest) {
    longest = distance;
  }
}

static int is_prime(unsigned number) {
  if (number < 2) {
    return 0;
  }
  for (unsigned divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor == 0) {
      return 0;
    }
  }
  return 1;
}

int main(void) {
  int primes = 0;
  register_ci(100000, 100000, heartbeat);
  for (unsigned number = 0; number < 1000000; number++) {
    primes += is_prime(number);
  }
  deregister_ci();
  printf("%d primes below 1000000\n", primes);
  printf("the handler ran %ld times, at most %ld IR instructions apart\n", calls, longest);
  return primes == 78498 && calls > 100 ? 0 : 1;
}
