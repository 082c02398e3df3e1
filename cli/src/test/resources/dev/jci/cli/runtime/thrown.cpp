// To be instrumented: handlers throw through functions that have destructors to call and exceptions to catch themselves.
#include <cstdio>
#include "ci.h"

static int calls, caught;

static void handler(long clock) {
    calls++;
    throw clock;
}

struct Guard {
    ~Guard() { std::fflush(stdout); }
};

extern "C" int getpid();

__attribute__((noinline)) static long between_two_guards(long n) {
    long sum = 1;
    {
        Guard guard;
        sum += getpid();
    }
    for (long i = 0; i < n; i++) sum = sum * 31 + (sum >> 3) + i;
    {
        Guard guard;
        sum += getpid();
    }
    return sum;
}

int main() {
    register_ci(1000, 1000, handler);
    for (int i = 0; i < 20; i++) {
        try {
            std::printf("came back with %ld\n", between_two_guards(100000));
        } catch (long) {
            caught++;
        }
    }
    deregister_ci();
    std::printf("%s\n", calls >= 20 && caught == calls ? "every exception was caught" : "exceptions were lost");
}
