/* Least-significant-digit radix sort, checked against heap sort: short single-block loops (counting, prefix sums,
   scatter) one after the other in an outer loop of constant trip count; heap sort has data-dependent inner loops. */
#include "checksum.h"
#include <string.h>

static void radix_sort(uint32_t *keys, uint32_t *other, long n) {
    for (int shift = 0; shift < 32; shift += 8) {
        long counts[256] = {0};
        for (long i = 0; i < n; i++) {
            counts[keys[i] >> shift & 255]++;
        }
        long before = 0;
        for (int digit = 0; digit < 256; digit++) {
            long here = counts[digit];
            counts[digit] = before;
            before += here;
        }
        for (long i = 0; i < n; i++) {
            other[counts[keys[i] >> shift & 255]++] = keys[i];
        }
        uint32_t *swap = keys;
        keys = other;
        other = swap;
    }
}

static void sift_down(uint32_t *heap, long root, long n) {
    for (;;) {
        long child = root * 2 + 1;
        if (child >= n) {
            return;
        }
        if (child + 1 < n && heap[child] < heap[child + 1]) {
            child++;
        }
        if (heap[root] >= heap[child]) {
            return;
        }
        uint32_t swap = heap[root];
        heap[root] = heap[child];
        heap[child] = swap;
        root = child;
    }
}

static void heap_sort(uint32_t *keys, long n) {
    for (long i = n / 2 - 1; i >= 0; i--) {
        sift_down(keys, i, n);
    }
    for (long end = n - 1; end > 0; end--) {
        uint32_t swap = keys[0];
        keys[0] = keys[end];
        keys[end] = swap;
        sift_down(keys, 0, end);
    }
}

int main(int argc, char **argv) {
    long n = size_argument(argc, argv, 400000);
    uint32_t *keys = malloc(sizeof *keys * (size_t)n);
    uint32_t *copy = malloc(sizeof *copy * (size_t)n);
    uint32_t *other = malloc(sizeof *other * (size_t)n);
    uint64_t random = 77;
    for (long i = 0; i < n; i++) {
        keys[i] = copy[i] = (uint32_t)(next_random(&random) >> 32);
    }
    radix_sort(keys, other, n);
    heap_sort(copy, n);
    if (memcmp(keys, copy, sizeof *keys * (size_t)n) != 0) {
        puts("radixsort: the orders differ");
        return 1;
    }
    uint64_t sum = 37;
    for (long i = 0; i < n; i++) {
        sum = mix(sum, keys[i]);
    }
    free(keys);
    free(copy);
    free(other);
    return finish("radixsort", sum);
}
