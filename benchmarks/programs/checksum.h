/* What every program here shares: a reproducible random sequence, a checksum, and the way a program ends. */
#ifndef JCI_PROGRAMS_CHECKSUM_H
#define JCI_PROGRAMS_CHECKSUM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* First argument of the program as its size, or the default. */
static inline long size_argument(int argc, char **argv, long otherwise) {
    long size = argc > 1 ? strtol(argv[1], NULL, 10) : otherwise;
    return size > 0 ? size : otherwise;
}

/* xorshift64*: the same sequence everywhere. */
static inline uint64_t next_random(uint64_t *state) {
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * UINT64_C(2685821657736338717);
}

/* Folds one more value into a checksum. */
static inline uint64_t mix(uint64_t sum, uint64_t value) {
    sum ^= value + UINT64_C(0x9e3779b97f4a7c15) + (sum << 6) + (sum >> 2);
    return sum * UINT64_C(0xff51afd7ed558ccd);
}

/* A floating point value by the bits that rounding does not disturb. */
static inline uint64_t rounded(double value) {
    return (uint64_t)(int64_t)(value * 4096.0);
}

/* Prints the checksum; the exit code depends on it, so that a wrong result shows in both. */
static inline int finish(const char *name, uint64_t sum) {
    printf("%s %016llx\n", name, (unsigned long long)sum);
    return 32 + (int)(sum % 64);
}

#endif
