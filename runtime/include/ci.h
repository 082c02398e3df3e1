/*
 * Compiler Interrupts: a handler that is called at even intervals of a thread's own progress, without timers or signals.
 *
 * A program is instrumented with `jci instrument`, which adds probes, and linked with the runtime that `jci runtime` writes. Each thread
 * that wants interrupts registers a handler; others never see one. All state belongs to the calling thread.
 */
#ifndef JCI_CI_H
#define JCI_CI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Called with the thread's logical clock: the work it has done so far, in IR instructions. Keep your own last value for differences. */
typedef void (*ci_handler)(long);

/* Called when the thread's interrupts are switched off or on. */
typedef void (*ci_margin_hook)(void);

/*
 * Calls the handler about every ir_interval IR instructions of this thread from now on; a second call replaces everything. In a program
 * instrumented with --mode ci-cycles, cycles_interval is the distance wanted, in cycles, and ir_interval a first guess at it.
 * Interrupts stay off while ci_disable is in force.
 */
void register_ci(int ir_interval, int cycles_interval, ci_handler handler);

/* Ends the interrupts of this thread. They end by themselves when the thread does. */
void deregister_ci(void);

/* Hooks for the moments when interrupts go off (before) and come back on (after); NULL for none. Nested calls do not count. */
void register_ci_disable_hook(ci_margin_hook hook);
void register_ci_enable_hook(ci_margin_hook hook);

/* Interrupts off and on. They nest: n calls of ci_disable need n of ci_enable. The handler may call them too. */
void ci_disable(void);
void ci_enable(void);

/* Marks for the pass: between them no probe calls the runtime. Work is counted all the same. */
void instr_disable(void);
void instr_enable(void);

/*
 * For a handler about to be left in a way that the runtime may not see: by longjmp, or by a switch to another stack. Probes call the handler
 * again from then on.
 */
void ci_leave_handler(void);

/*
 * This thread's logical clock and the clock of its next interrupt, the two intervals, what a probe that is due calls, and how often
 * ci_disable is in force.
 */
int64_t ci_clock(void);
int64_t ci_deadline(void);
int64_t ci_interval(void);
int64_t ci_target_cycles(void);
ci_handler ci_action_hook(void);
int ci_disabled_depth(void);

/*
 * What programs written for the published ci_lib.h use. Instrumented with --abi libci and compiled with -DCI_ABI_LIBCI they have the
 * variables themselves, all but lc_disabled_count 64 bits wide. Otherwise they have values to read.
 */
#ifdef CI_ABI_LIBCI
extern __thread int64_t LocalLC;
extern __thread int64_t NextInterval;
extern __thread uint64_t ci_ir_interval;
extern __thread uint64_t ci_reset_ir_interval;
extern __thread uint64_t ci_cycles_interval;
extern __thread uint64_t ci_cycles_threshold;
extern __thread int lc_disabled_count;
extern __thread ci_handler intvActionHook;
#else
#define LocalLC (ci_clock())
#define NextInterval (ci_deadline())
#define ci_ir_interval ((uint64_t)ci_interval())
#define ci_reset_ir_interval ((uint64_t)ci_interval() / 2)
#define ci_cycles_interval ((uint64_t)ci_target_cycles())
#define ci_cycles_threshold ((uint64_t)ci_target_cycles())
#define lc_disabled_count (ci_disabled_depth())
#define intvActionHook (ci_action_hook())
#endif

#ifdef __cplusplus
}
#endif

#endif
