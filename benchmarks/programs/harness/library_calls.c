/* A shared library for LD_PRELOAD that switches the interrupts of a thread off around calls of the C library which block or
   take long, the same ones as in the evaluation of the published pass, and while the C++ library looks for who catches an
   exception, which takes as long as several intervals. For measuring intervals without library time only: each of these
   calls becomes slower.

   Until harness/ci_main.c has said what to call, and in programs without it, the functions only pass on. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static void (*interrupts_off)(void);
static void (*interrupts_on)(void);

void jci_test_exclude_library_calls(void (*off)(void), void (*on)(void)) {
    interrupts_on = on;
    interrupts_off = off;
}

/* The next definition of a function, looked up once. */
#define NEXT(name) ((__typeof__(&name))next(&next_of_##name, #name))

static void *next(void **known, const char *name) {
    void *function = __atomic_load_n(known, __ATOMIC_RELAXED);
    if (!function) {
        function = dlsym(RTLD_NEXT, name);
        __atomic_store_n(known, function, __ATOMIC_RELAXED);
    }
    return function;
}

#define BRACKETED(result, name, parameters, arguments)     \
    static void *next_of_##name;                           \
    result name parameters {                               \
        __typeof__(&name) function = NEXT(name);           \
        if (!interrupts_off) {                             \
            return function arguments;                     \
        }                                                  \
        interrupts_off();                                  \
        result returned = function arguments;              \
        interrupts_on();                                   \
        return returned;                                   \
    }

BRACKETED(int, munmap, (void *address, size_t size), (address, size))
BRACKETED(int, mprotect, (void *address, size_t size, int protection), (address, size, protection))

BRACKETED(int, pthread_join, (pthread_t thread, void **value), (thread, value))
BRACKETED(int, pthread_tryjoin_np, (pthread_t thread, void **value), (thread, value))
BRACKETED(int, pthread_timedjoin_np, (pthread_t thread, void **value, const struct timespec *until), (thread, value, until))
BRACKETED(int, pthread_mutex_lock, (pthread_mutex_t *mutex), (mutex))
BRACKETED(int, pthread_mutex_timedlock, (pthread_mutex_t *mutex, const struct timespec *until), (mutex, until))
BRACKETED(int, pthread_cond_wait, (pthread_cond_t *condition, pthread_mutex_t *mutex), (condition, mutex))
BRACKETED(int, pthread_cond_timedwait, (pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until),
          (condition, mutex, until))
BRACKETED(int, pthread_barrier_wait, (pthread_barrier_t *barrier), (barrier))
BRACKETED(int, pthread_spin_lock, (pthread_spinlock_t *lock), (lock))
BRACKETED(int, pthread_rwlock_rdlock, (pthread_rwlock_t *lock), (lock))
BRACKETED(int, pthread_rwlock_wrlock, (pthread_rwlock_t *lock), (lock))
BRACKETED(int, pthread_rwlock_timedrdlock, (pthread_rwlock_t *lock, const struct timespec *until), (lock, until))
BRACKETED(int, pthread_rwlock_timedwrlock, (pthread_rwlock_t *lock, const struct timespec *until), (lock, until))

BRACKETED(unsigned, sleep, (unsigned seconds), (seconds))
BRACKETED(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size))
BRACKETED(int, close, (int file), (file))
BRACKETED(struct dirent *, readdir, (DIR *folder), (folder))
BRACKETED(int, closedir, (DIR *folder), (folder))

BRACKETED(int, strcmp, (const char *a, const char *b), (a, b))
BRACKETED(char *, strcpy, (char *restrict to, const char *restrict from), (to, from))
BRACKETED(size_t, strlen, (const char *text), (text))
BRACKETED(void *, memcpy, (void *restrict to, const void *restrict from, size_t size), (to, from, size))

/* Those with arguments that cannot just be passed on. */

static void *next_of_open;
static void *next_of_vsprintf;

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (interrupts_off) {
        interrupts_off();
    }
    int file = NEXT(open)(path, flags, mode);
    if (interrupts_off) {
        interrupts_on();
    }
    return file;
}

int sprintf(char *restrict to, const char *restrict format, ...) {
    va_list values;
    va_start(values, format);
    if (interrupts_off) {
        interrupts_off();
    }
    int length = NEXT(vsprintf)(to, format, values);
    if (interrupts_off) {
        interrupts_on();
    }
    va_end(values);
    return length;
}

/* An exception, from where it is thrown to where it is caught. Rethrown without these functions, it is not noticed. */

static void *next_of_throw;
static void *next_of_rethrow;
static void *next_of_begin_catch;
static __thread unsigned exceptions_in_flight;

static void take_off(void) {
    if (interrupts_off) {
        exceptions_in_flight++;
        interrupts_off();
    }
}

__attribute__((noreturn)) void __cxa_throw(void *exception, void *type, void (*destructor)(void *)) {
    void (*function)(void *, void *, void (*)(void *)) = next(&next_of_throw, "__cxa_throw");
    take_off();
    function(exception, type, destructor);
    abort();
}

__attribute__((noreturn)) void __cxa_rethrow(void) {
    void (*function)(void) = next(&next_of_rethrow, "__cxa_rethrow");
    take_off();
    function();
    abort();
}

void *__cxa_begin_catch(void *exception) {
    void *(*function)(void *) = next(&next_of_begin_catch, "__cxa_begin_catch");
    void *caught = function(exception);
    if (exceptions_in_flight > 0) {
        exceptions_in_flight--;
        interrupts_on();
    }
    return caught;
}

/* The C library's own name for it, so that nothing has to be looked up, which would allocate. */
void *__libc_malloc(size_t size);

void *malloc(size_t size) {
    if (!interrupts_off) {
        return __libc_malloc(size);
    }
    interrupts_off();
    void *memory = __libc_malloc(size);
    interrupts_on();
    return memory;
}
