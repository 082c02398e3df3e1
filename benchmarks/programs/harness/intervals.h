/* Records how far apart the handler's calls are, in IR instructions (differences of the clock) and in cycles (of the time
   stamp counter, from the end of one call to the beginning of the next). The first interval of a thread is left out: it
   begins at the registration. A thread's memory is fixed and comes when the thread is registered, so recording allocates
   nothing.

   Cycles while interrupts are off do not count: where library_calls.c switches them off around a call of the C library, an
   interval is what passed before the call and after it. Otherwise they are never off, and library time is in.

   A value below 2048 has a bucket of its own; above that, each power of two is divided into 1024 buckets: a bucket is at
   most 1/1024 of its values wide, so its middle is less than 0.05 % off. When a thread ends the file gets a line for each
   bucket that is not empty, "THREAD ir|cycles LOWEST HIGHEST COUNT", and one with the largest value,
   "THREAD ir|cycles largest VALUE". */
#ifndef JCI_TEST_INTERVALS_H
#define JCI_TEST_INTERVALS_H

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cycles.h"

enum { BUCKET_BITS = 10, BUCKETS_PER_POWER = 1 << BUCKET_BITS, BUCKETS = 40 * BUCKETS_PER_POWER };

struct histogram {
    uint64_t counts[BUCKETS];
    uint64_t largest;
};

struct intervals {
    struct histogram ir;
    struct histogram cycles;
    long clock_before;
    uint64_t counted_from; /* cycles at the end of the last call, or when interrupts came back on */
    uint64_t counted;      /* cycles between the last call and the last time that interrupts went off */
    int begun;
};

static __thread struct intervals *recorded;
static FILE *intervals_file;
static pthread_mutex_t intervals_lock = PTHREAD_MUTEX_INITIALIZER;
static int intervals_threads;

static void histogram_add(struct histogram *histogram, uint64_t value) {
    int power = 63 - __builtin_clzll(value | 1);
    int shift = power > BUCKET_BITS ? power - BUCKET_BITS : 0;
    uint64_t bucket = (uint64_t)shift * BUCKETS_PER_POWER + (value >> shift);
    histogram->counts[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    if (value > histogram->largest) {
        histogram->largest = value;
    }
}

static void record_begin(long clock) {
    uint64_t now = cycles_now();
    if (recorded->begun) {
        histogram_add(&recorded->ir, (uint64_t)(clock - recorded->clock_before));
        histogram_add(&recorded->cycles, now - recorded->counted_from + recorded->counted);
    }
    recorded->begun = 1;
    recorded->clock_before = clock;
}

static void record_end(void) {
    recorded->counted = 0;
    recorded->counted_from = cycles_now();
}

/* The hooks for when interrupts go off and come back on. A thread that no longer records may still call them. */
static void record_off(void) {
    if (recorded) {
        recorded->counted += cycles_now() - recorded->counted_from;
    }
}

static void record_on(void) {
    if (recorded) {
        recorded->counted_from = cycles_now();
    }
}

static void intervals_open(const char *file) {
    if (file && !(intervals_file = fopen(file, "w"))) {
        _exit(92);
    }
}

/* Whether this thread records. */
static int intervals_begin_thread(void) {
    if (!intervals_file) {
        return 0;
    }
    void *memory = mmap(NULL, sizeof *recorded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) {
        _exit(92);
    }
    recorded = memory;
    return 1;
}

static void histogram_print(int thread, const char *unit, const struct histogram *histogram) {
    for (uint64_t bucket = 0; bucket < BUCKETS; bucket++) {
        if (histogram->counts[bucket] != 0) {
            uint64_t shift = bucket < 2 * BUCKETS_PER_POWER ? 0 : bucket / BUCKETS_PER_POWER - 1;
            uint64_t lowest = (bucket - shift * BUCKETS_PER_POWER) << shift;
            fprintf(intervals_file, "%d %s %llu %llu %llu\n", thread, unit, (unsigned long long)lowest,
                    (unsigned long long)(lowest + (1ULL << shift) - 1), (unsigned long long)histogram->counts[bucket]);
        }
    }
    fprintf(intervals_file, "%d %s largest %llu\n", thread, unit, (unsigned long long)histogram->largest);
}

static void intervals_end_thread(void) {
    if (!recorded) {
        return;
    }
    pthread_mutex_lock(&intervals_lock);
    if (intervals_file) {
        int thread = intervals_threads++;
        histogram_print(thread, "ir", &recorded->ir);
        histogram_print(thread, "cycles", &recorded->cycles);
    }
    pthread_mutex_unlock(&intervals_lock);
    struct intervals *done = recorded;
    recorded = NULL;
    munmap(done, sizeof *done);
}

static void intervals_close(void) {
    pthread_mutex_lock(&intervals_lock);
    if (intervals_file && fclose(intervals_file) != 0) {
        _exit(92);
    }
    intervals_file = NULL;
    pthread_mutex_unlock(&intervals_lock);
}

#endif
