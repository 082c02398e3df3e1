/* The time stamp counter of x86-64, read when all that stands before has been done; the virtual counter of AArch64. */
#ifndef JCI_TEST_CYCLES_H
#define JCI_TEST_CYCLES_H

#include <stdint.h>

static inline uint64_t cycles_now(void) {
#if defined(__x86_64__)
    unsigned processor;
    return __builtin_ia32_rdtscp(&processor);
#elif defined(__aarch64__)
    uint64_t now;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(now));
    return now;
#else
    return 0;
#endif
}

#endif
