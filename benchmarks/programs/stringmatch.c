/* String match: naive search, Knuth-Morris-Pratt and Boyer-Moore-Horspool over one text; while loops with two exits,
   inner loops of unknown short trip count, early continue. The three must agree. */
#include "checksum.h"
#include <string.h>

static long naive(const char *text, long n, const char *key, long m) {
    long found = 0;
    for (long i = 0; i + m <= n; i++) {
        long k = 0;
        while (k < m && text[i + k] == key[k]) {
            k++;
        }
        found += k == m;
    }
    return found;
}

static long knuth_morris_pratt(const char *text, long n, const char *key, long m) {
    long failure[64];
    failure[0] = -1;
    for (long i = 1, k = -1; i <= m; i++) {
        while (k >= 0 && key[k] != key[i - 1]) {
            k = failure[k];
        }
        failure[i] = ++k;
    }
    long found = 0;
    for (long i = 0, k = 0; i < n; i++) {
        while (k >= 0 && (k == m || key[k] != text[i])) {
            k = failure[k];
        }
        if (++k == m) {
            found++;
        }
    }
    return found;
}

static long horspool(const char *text, long n, const char *key, long m) {
    long skip[256];
    for (int c = 0; c < 256; c++) {
        skip[c] = m;
    }
    for (long i = 0; i < m - 1; i++) {
        skip[(unsigned char)key[i]] = m - 1 - i;
    }
    long found = 0;
    for (long at = 0; at + m <= n;) {
        char last = text[at + m - 1];
        if (last == key[m - 1] && memcmp(text + at, key, (size_t)m - 1) == 0) {
            found++;
        }
        at += skip[(unsigned char)last];
    }
    return found;
}

int main(int argc, char **argv) {
    static const char *const keys[] = {"abba", "aa", "bacab", "cabbage", "abcabcabcab"};
    long size = size_argument(argc, argv, 1200000);
    char *text = malloc((size_t)size);
    uint64_t random = 555;
    for (long i = 0; i < size; i++) {
        text[i] = "abcabcge"[next_random(&random) >> 61];
    }
    uint64_t sum = 17;
    for (unsigned k = 0; k < sizeof keys / sizeof *keys; k++) {
        long m = (long)strlen(keys[k]);
        long one = naive(text, size, keys[k], m);
        long two = knuth_morris_pratt(text, size, keys[k], m);
        long three = horspool(text, size, keys[k], m);
        if (one != two || one != three) {
            printf("stringmatch: %s: %ld %ld %ld\n", keys[k], one, two, three);
            return 1;
        }
        sum = mix(sum, (uint64_t)one);
    }
    free(text);
    return finish("stringmatch", sum);
}
