/* flags: -pthread
   Threads: some register for compiler interrupts and some do not, with a mutex, a condition variable and a barrier
   between them. The only program here that knows interrupts: it calls the runtime if it is linked (weak symbols) and
   JCI_TEST_REGISTER gives an interval. Standard error tells how often the handler ran in each thread; a call in a thread
   that did not register, or for another thread's state, ends the program with exit code 99. */
#include "checksum.h"
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

extern void register_ci(int ir_interval, int cycles_interval, void (*handler)(long)) __attribute__((weak));
extern void deregister_ci(void) __attribute__((weak));
extern void ci_disable(void) __attribute__((weak));
extern void ci_enable(void) __attribute__((weak));
extern long long ci_clock(void) __attribute__((weak));

enum { THREADS = 6 };

struct job {
    int id;
    int registers;
    long size;
    uint64_t sum;
    long fired;
    long long clock;
};

static _Thread_local struct job *mine;
static int interval;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static int turn;
static atomic_long shared_counter;

static void handler(long clock) {
    if (!mine || !mine->registers || clock < 0) {
        _exit(99);
    }
    mine->fired++;
}

static uint64_t compute(long size, int id) {
    uint64_t sum = (uint64_t)id + 73;
    uint64_t random = (uint64_t)id * 2 + 1;
    for (long i = 0; i < size; i++) {
        uint64_t r = next_random(&random);
        if (r & 1) {
            sum = mix(sum, r);
        } else {
            for (int k = 0; k < (int)(r >> 60); k++) {
                sum += r >> k;
            }
        }
    }
    return sum;
}

static void *work(void *argument) {
    mine = argument;
    if (mine->registers && interval > 0 && register_ci) {
        register_ci(interval, interval, handler);
    }
    mine->sum = compute(mine->size, mine->id);
    atomic_fetch_add(&shared_counter, mine->id + 1);
    pthread_barrier_wait(&barrier);
    pthread_mutex_lock(&lock);
    while (turn != mine->id) {
        pthread_cond_wait(&changed, &lock);
    }
    mine->sum = mix(mine->sum, (uint64_t)turn);
    turn++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    if (mine->registers && interval > 0 && ci_disable && mine->id == 4) {
        ci_disable();
        long before = mine->fired;
        mine->sum = mix(mine->sum, compute(mine->size / 4, mine->id + 100));
        if (mine->fired != before) {
            _exit(98);
        }
        ci_enable();
    } else {
        mine->sum = mix(mine->sum, compute(mine->size / 4, mine->id + 100));
    }
    if (mine->registers && interval > 0 && deregister_ci) {
        deregister_ci();
        long before = mine->fired;
        mine->sum = mix(mine->sum, compute(mine->size / 8, mine->id));
        if (mine->fired != before) {
            _exit(97);
        }
    } else {
        mine->sum = mix(mine->sum, compute(mine->size / 8, mine->id));
    }
    mine->clock = ci_clock ? ci_clock() : 0;
    return NULL;
}

int main(int argc, char **argv) {
    long size = size_argument(argc, argv, 800000);
    const char *wanted = getenv("JCI_TEST_REGISTER");
    interval = wanted ? atoi(wanted) : 0;
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){.id = i, .registers = i % 2 == 0, .size = size};
        if (pthread_create(&threads[i], NULL, work, &jobs[i]) != 0) {
            return 2;
        }
    }
    uint64_t sum = 79;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        sum = mix(sum, jobs[i].sum);
        if (ci_clock) {
            fprintf(stderr, "ci-thread: id=%d registered=%d fired=%ld clock=%lld\n", i, jobs[i].registers && interval > 0,
                    jobs[i].fired, jobs[i].clock);
        }
    }
    sum = mix(sum, (uint64_t)atomic_load(&shared_counter));
    pthread_barrier_destroy(&barrier);
    return finish("threads", sum);
}
