/*
 * Every register of the interrupted code is the same behind a probe, whatever the handler does to it: with all vectors in full use, with their
 * lower halves only, and with one upper half in use. Each time the probe fires twice; with jci_fire_cycles it is too early at first.
 * KEPT is how many bytes of a vector have to be the same: jci_fire_xmm is for code that has no more than 16.
 */
#include <fenv.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "probe.h"

#ifndef KEPT
#define KEPT 32
#endif

struct registers {
    uint64_t general[15];
    uint32_t mxcsr;
    uint16_t x87_control, unused;
    unsigned char vector[16][32];
    unsigned char x87[16];
    uint64_t flags;
};

void fire_with(const struct registers *before, struct registers *after);

static int calls, misaligned, wrong;
static int64_t cycles;

/* The cycle counter, where the runtime has none of its own. */
int64_t test_cycles(void) {
    return cycles;
}

static void handler(long clock) {
    (void)clock;
    calls++;
    if (((uintptr_t)__builtin_frame_address(0) & 15) != 0) misaligned++;
    __asm__ volatile(
            "movq $-1, %%rax\n\tmovq $-1, %%rcx\n\tmovq $-1, %%rdx\n\tmovq $-1, %%rsi\n\tmovq $-1, %%rdi\n\t"
            "movq $-1, %%r8\n\tmovq $-1, %%r9\n\tmovq $-1, %%r10\n\tmovq $-1, %%r11\n\t"
            ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\tvcmptrueps %%ymm0, %%ymm0, %%ymm\\n\n\t.endr\n\t"
            "fldz\n\tfldz\n\tfstp %%st(0)\n\tfstp %%st(0)\n\t"
            :
            :
            : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc", "memory", "xmm0", "xmm1", "xmm2", "xmm3",
              "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    fesetround(FE_TOWARDZERO);
    probes(2, 5, 100);
}

static int differing(const unsigned char *one, const unsigned char *other, size_t size) {
    return memcmp(one, other, size) != 0;
}

static void fire(struct registers *before) {
    struct registers after;
    memset(&after, 0, sizeof after);
    jci_countdown -= 2000;
    fire_with(before, &after);
    for (int i = 0; i < 15; i++) {
        if (before->general[i] != after.general[i]) printf("general %d\n", i), wrong++;
    }
    for (int i = 0; i < 16; i++) {
        if (differing(before->vector[i], after.vector[i], KEPT)) printf("ymm%d\n", i), wrong++;
    }
    if (before->mxcsr != after.mxcsr) printf("mxcsr %x %x\n", before->mxcsr, after.mxcsr), wrong++;
    if (before->x87_control != after.x87_control) printf("x87 control word\n"), wrong++;
    if (differing(before->x87, after.x87, 10)) printf("st0\n"), wrong++;
    if (after.flags & 0x400) printf("direction flag\n"), wrong++;
}

static void fill(struct registers *before) {
    memset(before, 0, sizeof *before);
    for (int i = 0; i < 15; i++) before->general[i] = 0x0101010101010101u * (uint64_t)(i + 17);
    for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 32; j++) before->vector[i][j] = (unsigned char)(i * 32 + j + 1);
    }
    before->mxcsr = 0x5f80;
    before->x87_control = 0x0b7f;
    long double real = 1.25L;
    memcpy(before->x87, &real, 10);
}

int main(void) {
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx")) {
        printf("no avx\n");
        return 0;
    }
    struct registers before;
    register_ci(1000, 1000, handler);
    /* -2 in full use, -1 only the lower halves, then one upper half */
    for (int used = -2; used < 16; used++) {
        fill(&before);
        for (int i = 0; i < 16 && used > -2; i++) {
            memset(before.vector[i] + 16, 0, 16);
            if (i == used) before.vector[i][16 + i] = 1;
        }
        cycles += 10;
        fire(&before);
        cycles += 10000;
        fire(&before);
    }
    printf("calls %d, wrong %d, misaligned %d\n", calls, wrong, misaligned);
}
