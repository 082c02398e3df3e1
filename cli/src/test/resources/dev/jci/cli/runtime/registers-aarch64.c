/*
 * Every register of the interrupted code is the same behind a probe, whatever the handler does to it. With jci_fire_cycles it is too early for the
 * handler every other time.
 */
#include <stdio.h>
#include <string.h>
#include "probe.h"

struct registers {
    uint64_t general[30];
    unsigned char vector[32][16];
    uint64_t fpcr, fpsr;
};

void fire_with(const struct registers *before, struct registers *after);

static int calls;
static int64_t cycles;

/* The cycle counter, where the runtime has none of its own. */
int64_t test_cycles(void) {
    return cycles;
}

static void handler(long clock) {
    (void)clock;
    calls++;
    __asm__ volatile(
            "mov x0, #-1\n\tmov x1, x0\n\tmov x2, x0\n\tmov x3, x0\n\tmov x4, x0\n\tmov x5, x0\n\tmov x6, x0\n\tmov x7, x0\n\t"
            "mov x8, x0\n\tmov x9, x0\n\tmov x10, x0\n\tmov x11, x0\n\tmov x12, x0\n\tmov x13, x0\n\tmov x14, x0\n\tmov x15, x0\n\t"
            "mov x16, x0\n\tmov x17, x0\n\tmov x18, x0\n\tmsr fpsr, x0\n\tmovz x1, #0x40, lsl #16\n\tmsr fpcr, x1\n\t"
            ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"
            "movi v\\n\\().16b, #255\n\t.endr"
            :
            :
            : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",
              "x18", "cc", "memory", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13",
              "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29",
              "v30", "v31");
    probes(2, 5, 100);
}

int main(void) {
    struct registers before, after;
    memset(&before, 0, sizeof before);
    for (int i = 0; i < 29; i++) before.general[i] = 0x0101010101010101u * (uint64_t)(i + 17);
    for (int i = 0; i < 32; i++) {
        for (int j = 0; j < 16; j++) before.vector[i][j] = (unsigned char)(i * 16 + j + 1);
    }
    before.fpcr = 0x00c00000;
    before.fpsr = 0x10;
    register_ci(1000, 1000, handler);
    int wrong = 0;
    for (int round = 0; round < 6; round++) {
        memset(&after, 0, sizeof after);
        cycles += round % 2 == 0 ? 10 : 10000;
        jci_countdown -= 2000;
        fire_with(&before, &after);
        for (int i = 0; i < 29; i++) {
            if (before.general[i] != after.general[i]) printf("x%d\n", i), wrong++;
        }
        for (int i = 0; i < 32; i++) {
            if (memcmp(before.vector[i], after.vector[i], 16) != 0) printf("v%d\n", i), wrong++;
        }
        if (before.fpcr != after.fpcr) printf("fpcr %llx\n", (unsigned long long)after.fpcr), wrong++;
        if (before.fpsr != after.fpsr) printf("fpsr %llx\n", (unsigned long long)after.fpsr), wrong++;
    }
    printf("calls %d, wrong %d\n", calls, wrong);
}
