/* Word count: a character loop with several exits feeding a chained hash table that grows, library calls (memcmp,
   malloc), and qsort with a comparison function called back from uninstrumented code. */
#include "checksum.h"
#include <ctype.h>
#include <string.h>

struct word {
    struct word *next;
    const char *text;
    unsigned length;
    unsigned count;
};

static struct word **buckets;
static unsigned bucket_count = 64;
static unsigned word_count;

static unsigned hash(const char *text, unsigned length) {
    unsigned h = 2166136261u;
    for (unsigned i = 0; i < length; i++) {
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    }
    return h;
}

static void grow(void) {
    unsigned wider = bucket_count * 2;
    struct word **fresh = calloc(wider, sizeof *fresh);
    for (unsigned b = 0; b < bucket_count; b++) {
        struct word *w = buckets[b];
        while (w) {
            struct word *following = w->next;
            unsigned to = hash(w->text, w->length) & (wider - 1);
            w->next = fresh[to];
            fresh[to] = w;
            w = following;
        }
    }
    free(buckets);
    buckets = fresh;
    bucket_count = wider;
}

static void add(const char *text, unsigned length) {
    unsigned b = hash(text, length) & (bucket_count - 1);
    for (struct word *w = buckets[b]; w; w = w->next) {
        if (w->length == length && memcmp(w->text, text, length) == 0) {
            w->count++;
            return;
        }
    }
    struct word *w = malloc(sizeof *w);
    w->next = buckets[b];
    w->text = text;
    w->length = length;
    w->count = 1;
    buckets[b] = w;
    if (++word_count > bucket_count) {
        grow();
    }
}

static int by_count(const void *a, const void *b) {
    const struct word *left = *(struct word *const *)a;
    const struct word *right = *(struct word *const *)b;
    if (left->count != right->count) {
        return left->count < right->count ? 1 : -1;
    }
    unsigned shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->text, right->text, shorter);
    return order ? order : (int)left->length - (int)right->length;
}

int main(int argc, char **argv) {
    long size = size_argument(argc, argv, 2500000);
    char *text = malloc((size_t)size + 1);
    uint64_t random = 2024;
    for (long i = 0; i < size;) {
        uint64_t r = next_random(&random);
        unsigned length = 2 + (unsigned)(r % 4);
        for (unsigned k = 0; k < length && i < size; k++) {
            r >>= 5;
            text[i++] = (char)((r & 16 ? 'a' : 'A') + (r & 7));
        }
        if (i < size) {
            text[i++] = (r >> 20) % 9 ? ' ' : '\n';
        }
    }
    text[size] = '\0';
    buckets = calloc(bucket_count, sizeof *buckets);
    long at = 0;
    while (at < size) {
        while (at < size && !isalpha((unsigned char)text[at])) {
            at++;
        }
        long begin = at;
        while (at < size && isalpha((unsigned char)text[at])) {
            text[at] = (char)toupper((unsigned char)text[at]);
            at++;
        }
        if (at > begin) {
            add(text + begin, (unsigned)(at - begin));
        }
    }
    struct word **all = malloc(sizeof *all * (word_count + 1));
    unsigned n = 0;
    for (unsigned b = 0; b < bucket_count; b++) {
        for (struct word *w = buckets[b]; w; w = w->next) {
            all[n++] = w;
        }
    }
    qsort(all, n, sizeof *all, by_count);
    uint64_t sum = mix(11, n);
    for (unsigned i = 0; i < n; i++) {
        sum = mix(sum, all[i]->count);
        sum = mix(sum, hash(all[i]->text, all[i]->length));
    }
    for (unsigned i = 0; i < n; i++) {
        free(all[i]);
    }
    free(all);
    free(buckets);
    free(text);
    return finish("wordcount", sum);
}
