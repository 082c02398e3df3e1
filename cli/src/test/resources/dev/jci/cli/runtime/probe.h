/* A probe by hand: what the pass writes into a program, so that a test decides where it stands and how much work it commits. */
#include "ci.h"

#define NOINLINE __attribute__((noinline))

#ifdef CI_ABI_LIBCI
#define PROBE(work)                                       \
    do {                                                  \
        LocalLC += (work);                                \
        if (LocalLC > NextInterval) {                     \
            NextInterval = LocalLC + (int64_t)ci_ir_interval; \
            intvActionHook(LocalLC);                      \
        }                                                 \
    } while (0)
#else
#ifndef FIRE
#define FIRE jci_fire
#endif
#ifdef __cplusplus
extern "C" {
#endif
extern __thread int64_t jci_countdown;
void FIRE(void);
#ifdef __cplusplus
}
#endif
#define PROBE(work)                    \
    do {                               \
        jci_countdown -= (work);       \
        if (jci_countdown < 0) FIRE(); \
    } while (0)
#endif

/* As many probes as asked for, this many frames further down the stack. */
__attribute__((unused)) static NOINLINE void probes(int frames, int count, int64_t work) {
    volatile char frame[64];
    frame[0] = (char)frames;
    if (frames > 0) {
        probes(frames - 1, count, work);
    } else {
        for (int i = 0; i < count; i++) PROBE(work);
    }
    frame[1] = frame[0];
}
