/* Each thread has its own registration, and it ends before the thread's other data goes. */
#include <pthread.h>
#include <stdio.h>
#include "probe.h"

static __thread int calls;
static pthread_key_t key;
static int after_the_end = -1;

static void handler(long clock) {
    (void)clock;
    calls++;
}

static void last_will(void *value) {
    (void)value;
    calls = 0;
    probes(0, 100, 1000);
    after_the_end = calls;
}

static void *run(void *unused) {
    (void)unused;
    probes(0, 20, 600);
    printf("unregistered thread: %d, depth %d, clock %lld\n", calls, ci_disabled_depth(), (long long)ci_clock());
    register_ci(1000, 1000, handler);
    pthread_setspecific(key, &key);
    probes(0, 20, 600);
    printf("registered thread: %d\n", calls);
    return NULL;
}

static void ends(long clock) {
    (void)clock;
    pthread_exit(NULL);
}

static void *run_to_the_handler(void *unused) {
    (void)unused;
    register_ci(1000, 1000, ends);
    probes(0, 20, 600);
    return &key;
}

int main(void) {
    pthread_key_create(&key, last_will);
    register_ci(1000, 1000, handler);
    ci_disable();
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    printf("after its end: %d\n", after_the_end);
    void *result = &key;
    pthread_create(&thread, NULL, run_to_the_handler, NULL);
    pthread_join(thread, &result);
    printf("ended in the handler: %s\n", result == NULL ? "yes" : "no");
    ci_enable();
    calls = 0;
    probes(0, 20, 600);
    printf("main: %d\n", calls);
}
