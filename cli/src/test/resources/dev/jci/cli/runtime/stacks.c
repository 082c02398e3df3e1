/* A handler switches to another stack and does not come back; its own stack, which lies above, goes away. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <ucontext.h>
#include "probe.h"

enum { SIZE = 256 * 1024 };

static ucontext_t upper, lower, home;
static int calls;
static char *stacks;

static void handler(long clock) {
    (void)clock;
    if (++calls == 1) setcontext(&lower);
}

static void on_upper(void) { probes(0, 20, 600); }

static void on_lower(void) {
    probes(0, 20, 600);
    printf("while the handler waits above: %d\n", calls);
    munmap(stacks + SIZE, SIZE);
    probes(0, 20, 600);
    printf("when its stack is gone: %d\n", calls);
    setcontext(&home);
}

int main(void) {
    stacks = mmap(NULL, 2 * SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    volatile int back = 0;
    getcontext(&home);
    if (back) return 0;
    back = 1;
    getcontext(&upper);
    upper.uc_stack.ss_sp = stacks + SIZE;
    upper.uc_stack.ss_size = SIZE;
    makecontext(&upper, on_upper, 0);
    getcontext(&lower);
    lower.uc_stack.ss_sp = stacks;
    lower.uc_stack.ss_size = SIZE;
    makecontext(&lower, on_lower, 0);
    register_ci(1000, 1000, handler);
    setcontext(&upper);
}
