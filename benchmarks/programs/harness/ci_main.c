/* Registers a handler before main and reports at exit, so that a program which knows nothing of compiler interrupts can
   be run registered or not:

       JCI_TEST_REGISTER=INTERVAL      register the main thread with that interval in IR instructions (absent or 0: do
                                       not register). The handler is hostile within its rights: it overwrites every
                                       register that a C function may overwrite, vector registers included. It ends the
                                       program with exit code 96 if it is called in a handler, 95 if the clock ran
                                       backwards, 94 if it runs in a thread that did not register.
       JCI_TEST_EVERY_THREAD=INTERVAL  instead, for measurements: register every thread, with a handler that only counts
       JCI_TEST_INTERVALS=FILE         with that: the handler also records the intervals between its calls, see
                                       intervals.h
       JCI_TEST_CYCLES=INTERVAL        interval in cycles (default: the same number)

   At exit standard error gets one line "ci: fired=N clock=C": of the main thread, with JCI_TEST_EVERY_THREAD of all. A
   program instrumented with --audit-runs adds "ci-longest-run: N". One whose modules went through ../counting.py adds
   "ci-probes: checks=N commits=N slow=N", of the same threads as the first line. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ci.h"
#include "intervals.h"

/* Of modules that were instrumented with --audit-runs: the longest run of work without a probe. */
extern int64_t jci_audit_longest __attribute__((weak));

/* Of modules that count their probes: how often a probe compared, how often one wrote the thread's countdown, how often one
   called the runtime. */
__thread int64_t jci_test_checks;
__thread int64_t jci_test_commits;
__thread int64_t jci_test_slow;

static __thread int registered;
static __thread int inside;
static __thread long last;
static long fired;

static void __attribute__((noinline)) overwrite_registers(void) {
#if defined(__x86_64__)
    __asm__ volatile(
            "xorl %%eax, %%eax\n\t"
            "movq %%rax, %%rcx\n\t"
            "movq %%rax, %%rdx\n\t"
            "movq %%rax, %%rsi\n\t"
            "movq %%rax, %%rdi\n\t"
            "movq %%rax, %%r8\n\t"
            "movq %%rax, %%r9\n\t"
            "movq %%rax, %%r10\n\t"
            "movq %%rax, %%r11\n\t"
            "pcmpeqd %%xmm0, %%xmm0\n\t"
            "movdqa %%xmm0, %%xmm1\n\t"
            "movdqa %%xmm0, %%xmm2\n\t"
            "movdqa %%xmm0, %%xmm3\n\t"
            "movdqa %%xmm0, %%xmm4\n\t"
            "movdqa %%xmm0, %%xmm5\n\t"
            "movdqa %%xmm0, %%xmm6\n\t"
            "movdqa %%xmm0, %%xmm7\n\t"
            "movdqa %%xmm0, %%xmm8\n\t"
            "movdqa %%xmm0, %%xmm9\n\t"
            "movdqa %%xmm0, %%xmm10\n\t"
            "movdqa %%xmm0, %%xmm11\n\t"
            "movdqa %%xmm0, %%xmm12\n\t"
            "movdqa %%xmm0, %%xmm13\n\t"
            "movdqa %%xmm0, %%xmm14\n\t"
            "movdqa %%xmm0, %%xmm15\n\t"
            :
            :
            : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4",
              "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx")) {
        __asm__ volatile("vzeroall"
                         :
                         :
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                           "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    }
#elif defined(__aarch64__)
    __asm__ volatile(
            "mov x9, #-1\n\tmov x10, x9\n\tmov x11, x9\n\tmov x12, x9\n\tmov x13, x9\n\tmov x14, x9\n\tmov x15, x9\n\t"
            "movi v0.16b, #255\n\tmovi v1.16b, #255\n\tmovi v2.16b, #255\n\tmovi v3.16b, #255\n\t"
            "movi v4.16b, #255\n\tmovi v5.16b, #255\n\tmovi v6.16b, #255\n\tmovi v7.16b, #255\n\t"
            "movi v16.16b, #255\n\tmovi v17.16b, #255\n\tmovi v18.16b, #255\n\tmovi v19.16b, #255\n\t"
            "movi v20.16b, #255\n\tmovi v21.16b, #255\n\tmovi v22.16b, #255\n\tmovi v23.16b, #255\n\t"
            "movi v24.16b, #255\n\tmovi v25.16b, #255\n\tmovi v26.16b, #255\n\tmovi v27.16b, #255\n\t"
            "movi v28.16b, #255\n\tmovi v29.16b, #255\n\tmovi v30.16b, #255\n\tmovi v31.16b, #255\n\t"
            :
            :
            : "x9", "x10", "x11", "x12", "x13", "x14", "x15", "cc", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16",
              "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31");
#endif
}

static void handler(long clock) {
    if (!registered) {
        _exit(94);
    }
    if (inside) {
        _exit(96);
    }
    if (clock < last) {
        _exit(95);
    }
    inside = 1;
    last = clock;
    fired++;
    overwrite_registers();
    inside = 0;
}

/* Every thread registered: what those that ended did, and what the others will report when they do. */
static int every_thread;
static int cycles_interval;
static atomic_long ended_fired;
static atomic_llong ended_clock;
static atomic_llong ended_checks;
static atomic_llong ended_commits;
static atomic_llong ended_slow;
static int library_calls_excluded;
static pthread_key_t at_thread_end;
static __thread long calls;

static void count(long clock) {
    (void)clock;
    calls++;
}

static void count_and_record(long clock) {
    record_begin(clock);
    calls++;
    record_end();
}

static void begin_thread(void) {
    int recording = intervals_begin_thread();
    pthread_setspecific(at_thread_end, &every_thread);
    if (library_calls_excluded) {
        register_ci_disable_hook(record_off);
        register_ci_enable_hook(record_on);
    }
    register_ci(every_thread, cycles_interval, recording ? count_and_record : count);
}

static void add_probes(void) {
    atomic_fetch_add(&ended_checks, jci_test_checks);
    atomic_fetch_add(&ended_commits, jci_test_commits);
    atomic_fetch_add(&ended_slow, jci_test_slow);
    jci_test_checks = jci_test_commits = jci_test_slow = 0;
}

static void end_thread(void *unused) {
    (void)unused;
    deregister_ci();
    atomic_fetch_add(&ended_fired, calls);
    atomic_fetch_add(&ended_clock, ci_clock());
    calls = 0;
    add_probes();
    intervals_end_thread();
}

struct start {
    void *(*function)(void *);
    void *argument;
};

static void *start_thread(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    begin_thread();
    return start.function(start.argument);
}

/* Stands before the C library's function of this name, for the program and for its shared libraries. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*function)(void *), void *argument) {
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
    struct start *start = every_thread > 0 ? malloc(sizeof *start) : NULL;
    if (!start) {
        return create(thread, attributes, function, argument);
    }
    *start = (struct start){function, argument};
    int status = create(thread, attributes, start_thread, start);
    if (status != 0) {
        free(start);
    }
    return status;
}

/* Tells library_calls.c, where that is loaded, what to call around library functions. */
static void exclude_library_calls(void) {
    void (*exclude)(void (*)(void), void (*)(void)) = dlsym(RTLD_DEFAULT, "jci_test_exclude_library_calls");
    if (exclude) {
        exclude(ci_disable, ci_enable);
        library_calls_excluded = 1;
    }
}

static int interval_of(const char *variable) {
    const char *text = getenv(variable);
    return text ? atoi(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
    int ir = interval_of("JCI_TEST_REGISTER");
    int cycles = interval_of("JCI_TEST_CYCLES");
    int every = interval_of("JCI_TEST_EVERY_THREAD");
    if (every > 0) {
        every_thread = every;
        cycles_interval = cycles > 0 ? cycles : every;
        pthread_key_create(&at_thread_end, end_thread);
        intervals_open(getenv("JCI_TEST_INTERVALS"));
        exclude_library_calls();
        begin_thread();
    } else if (ir > 0) {
        registered = 1;
        register_ci(ir, cycles > 0 ? cycles : ir, handler);
    }
}

static void say(const char *line, int length) {
    if (length > 0 && write(2, line, (size_t)length) < 0) {
        _exit(93);
    }
}

static void report_probes(void) {
    add_probes();
    long long checks = atomic_load(&ended_checks), commits = atomic_load(&ended_commits), slow = atomic_load(&ended_slow);
    if (commits > 0) {
        char line[128];
        say(line, snprintf(line, sizeof line, "ci-probes: checks=%lld commits=%lld slow=%lld\n", checks, commits, slow));
    }
}

__attribute__((destructor)) static void report(void) {
    long long clock = ci_clock();
    if (registered) {
        deregister_ci();
    }
    if (every_thread > 0) {
        end_thread(NULL);
        intervals_close();
        fired = atomic_load(&ended_fired);
        clock = atomic_load(&ended_clock);
    }
    char line[96];
    if (&jci_audit_longest) {
        say(line, snprintf(line, sizeof line, "ci-longest-run: %lld\n", (long long)jci_audit_longest));
    }
    report_probes();
    say(line, snprintf(line, sizeof line, "ci: fired=%ld clock=%lld\n", fired, clock));
}
