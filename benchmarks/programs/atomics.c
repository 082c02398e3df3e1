/* Atomics and inline assembly: every read-modify-write, compare-exchange loops, fences, spin locks; assembly with
   outputs, ties, clobbers, memory operands and asm goto (callbr), each guarded by the architecture. */
#include "checksum.h"
#include <stdatomic.h>

static atomic_ulong word;
static atomic_uint half;
static atomic_uchar byte;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static _Atomic(uint64_t *) pointer;

static uint64_t rotate(uint64_t x, unsigned by) {
#if defined(__x86_64__)
    __asm__("rolq %%cl, %0" : "+r"(x) : "c"(by) : "cc");
    return x;
#elif defined(__aarch64__)
    uint64_t result;
    __asm__("ror %0, %1, %2" : "=r"(result) : "r"(x), "r"((uint64_t)(64 - by % 64)));
    return result;
#else
    return by % 64 ? x << by % 64 | x >> (64 - by % 64) : x;
#endif
}

static uint64_t add_in_memory(uint64_t *cell, uint64_t by) {
#if defined(__x86_64__)
    __asm__ volatile("lock xaddq %0, %1" : "+r"(by), "+m"(*cell) : : "memory", "cc");
    return by;
#else
    uint64_t before = *cell;
    *cell += by;
    return before;
#endif
}

static int is_negative(int64_t x) {
#if defined(__x86_64__)
    __asm__ goto("testq %0, %0\n\tjs %l1" : : "r"(x) : "cc" : negative);
    return 0;
negative:
    return 1;
#else
    return x < 0;
#endif
}

static void lock(void) {
    while (atomic_flag_test_and_set_explicit(&flag, memory_order_acquire)) {
    }
}

static void unlock(void) {
    atomic_flag_clear_explicit(&flag, memory_order_release);
}

static uint64_t at_most(uint64_t limit, uint64_t step) {
    unsigned long seen = atomic_load_explicit(&word, memory_order_relaxed);
    unsigned long next;
    do {
        next = seen + step > limit ? step : seen + step;
    } while (!atomic_compare_exchange_weak_explicit(&word, &seen, next, memory_order_acq_rel, memory_order_relaxed));
    return next;
}

int main(int argc, char **argv) {
    long rounds = size_argument(argc, argv, 500000);
    uint64_t sum = 103;
    uint64_t random = 15;
    uint64_t cell = 1;
    uint64_t cells[4] = {1, 2, 3, 4};
    for (long round = 0; round < rounds; round++) {
        uint64_t r = next_random(&random);
        lock();
        sum = mix(sum, at_most(1u << 20, r & 1023));
        unlock();
        sum += atomic_fetch_add(&half, (unsigned)r);
        sum ^= atomic_fetch_sub_explicit(&half, 3, memory_order_release);
        sum += atomic_fetch_or(&byte, (unsigned char)(r >> 8));
        sum += atomic_fetch_and(&byte, (unsigned char)(r >> 16));
        sum += atomic_fetch_xor(&byte, (unsigned char)(r >> 24));
        sum += atomic_exchange(&half, (unsigned)(r >> 5));
        atomic_store(&pointer, &cells[r & 3]);
        sum += *atomic_load_explicit(&pointer, memory_order_acquire);
        atomic_thread_fence(memory_order_seq_cst);
        atomic_signal_fence(memory_order_seq_cst);
        sum = rotate(sum, (unsigned)(r & 63));
        sum += add_in_memory(&cell, r & 15);
        sum += is_negative((int64_t)sum) ? 5 : 7;
    }
    return finish("atomics", mix(sum, cell));
}
