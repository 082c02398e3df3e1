/* Data for the workloads that compress: the same bytes everywhere. Stretches of text, of records and of noise take turns,
   so that matches are long, short and absent. */
#ifndef JCI_PROGRAMS_WORKLOAD_DATA_H
#define JCI_PROGRAMS_WORKLOAD_DATA_H

#include <stddef.h>
#include <string.h>

#include "checksum.h"

enum { WORDS = 1024, LONGEST_WORD = 12, STRETCH = 16384 };

struct words {
    char letters[WORDS][LONGEST_WORD];
    size_t lengths[WORDS];
};

static void make_words(struct words *words, uint64_t *random) {
    for (size_t i = 0; i < WORDS; i++) {
        words->lengths[i] = 2 + next_random(random) % (LONGEST_WORD - 3);
        for (size_t j = 0; j < words->lengths[i]; j++) {
            words->letters[i][j] = (char)('a' + next_random(random) % 20);
        }
        words->letters[i][words->lengths[i]++] = ' ';
    }
}

/* Words of which the first ones are frequent. */
static void put_text(unsigned char *to, size_t size, const struct words *words, uint64_t *random) {
    size_t at = 0;
    while (at < size) {
        uint64_t draw = next_random(random);
        size_t word = (size_t)((draw & 1023) * (draw >> 10 & 1023) * (draw >> 20 & 1023) >> 20);
        size_t length = words->lengths[word] < size - at ? words->lengths[word] : size - at;
        memcpy(to + at, words->letters[word], length);
        at += length;
    }
}

/* Records of 16 bytes: a number that counts up, one of few kinds, a measurement that hardly changes. */
static void put_records(unsigned char *to, size_t size, uint64_t *random) {
    uint32_t value = (uint32_t)next_random(random);
    for (size_t at = 0; at < size; at++) {
        size_t record = at / 16;
        switch (at % 16) {
            case 0: to[at] = (unsigned char)record; break;
            case 1: to[at] = (unsigned char)(record >> 8); break;
            case 4: to[at] = (unsigned char)(next_random(random) % 5); break;
            case 8: value += (uint32_t)(next_random(random) % 7); to[at] = (unsigned char)value; break;
            case 9: to[at] = (unsigned char)(value >> 8); break;
            default: to[at] = 0; break;
        }
    }
}

static void put_noise(unsigned char *to, size_t size, uint64_t *random) {
    for (size_t at = 0; at < size; at++) {
        to[at] = (unsigned char)(next_random(random) >> 32);
    }
}

/* That many bytes, which the caller frees. */
static unsigned char *workload_data(size_t size) {
    uint64_t random = 88172645463325252u;
    struct words words;
    make_words(&words, &random);
    unsigned char *data = malloc(size);
    for (size_t at = 0, turn = 0; data && at < size; at += STRETCH, turn++) {
        size_t part = size - at < STRETCH ? size - at : STRETCH;
        if (turn % 4 == 3) {
            put_noise(data + at, part, &random);
        } else if (turn % 4 == 1) {
            put_records(data + at, part, &random);
        } else {
            put_text(data + at, part, &words, &random);
        }
    }
    return data;
}

/* Ends the program when something does not work: an exit code that no checksum gives. */
static void fail(const char *what) {
    printf("failed: %s\n", what);
    exit(3);
}

static unsigned char *memory_for(size_t size) {
    unsigned char *memory = malloc(size);
    if (!memory) {
        fail("memory");
    }
    return memory;
}

/* Folds a compressed stretch into a checksum: its size and its bytes. */
static uint64_t mix_bytes(uint64_t sum, const unsigned char *bytes, size_t size) {
    sum = mix(sum, size);
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof word);
        sum = mix(sum, word);
    }
    return sum;
}

#endif
