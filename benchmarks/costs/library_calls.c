/* Prints how many cycles calls of functions of the C library take, a line for each: FAMILY NAME CYCLES. A call is made in a loop
   with data that stays in the cache, as it is in programs that call it often, and the fastest of many rounds counts; the loop
   itself is taken off. Strings are 24 characters long, blocks of memory 64 bytes, tables have 64 elements.

   Compiled with -fno-builtin, so that every call is one. make-table makes a table of costs of the output. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../programs/harness/cycles.h"

enum { ROUNDS = 60, CALLS = 200 };

/* Keeps the compiler from knowing what a pointer points to. */
#define HIDE(x) __asm__ volatile("" : "+r"(x) : : "memory")

#define ROUND(best, call)                                  \
    do {                                                   \
        uint64_t begin = cycles_now();                     \
        for (int i = 0; i < CALLS; i++) {                  \
            __asm__ volatile("" : : "r"(i) : "memory");    \
            call;                                          \
        }                                                  \
        uint64_t taken = cycles_now() - begin;             \
        best = taken < best ? taken : best;                \
    } while (0)

/* `per` calls of the function are in one `call`. */
#define MEASURE_SOME(family, name, per, call)                                            \
    do {                                                                                 \
        uint64_t best = UINT64_MAX, empty = UINT64_MAX;                                  \
        for (int turn = 0; turn < ROUNDS; turn++) {                                   \
            ROUND(best, call);                                                           \
            ROUND(empty, (void)0);                                                       \
        }                                                                                \
        double cycles = ((double)best - (double)empty) / CALLS / (per);                  \
        printf("%s %s %.1f\n", family, name, cycles > 0 ? cycles : 0);                   \
    } while (0)

/* Takes a result, so that it has to be computed. */
#define KEEP(result) __asm__ volatile("" : : "r"((uintptr_t)(result)))
#if defined(__x86_64__)
#define KEEP_REAL(result) __asm__ volatile("" : : "x"(result))
#else
#define KEEP_REAL(result) __asm__ volatile("" : : "w"(result))
#endif

#define MEASURE(family, function, ...) MEASURE_SOME(family, #function, 1, KEEP(function(__VA_ARGS__)))
#define MATH(function, ...)                                                              \
    MEASURE_SOME("math", #function, 1, KEEP_REAL(function(__VA_ARGS__)));                \
    MEASURE_SOME("math", #function "f", 1, KEEP_REAL(function##f(__VA_ARGS__)))

static volatile double one = 1.0, x = 0.7318, y = 2.25;

static int ascending(const void *left, const void *right) {
    int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

static long comparisons;

static int counting(const void *left, const void *right) {
    comparisons++;
    return ascending(left, right);
}

static int print_list(FILE *file, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vfprintf(file, format, list);
    va_end(list);
    return length;
}

static int print_list_to(char *text, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, 200, format, list);
    va_end(list);
    return length;
}

static time_t seconds(void) {
    return time(NULL);
}

static void memory(void) {
    char *one_block = malloc(4096), *other = malloc(4096);
    memset(one_block, 1, 4096);
    memset(other, 1, 4096);
    HIDE(one_block);
    HIDE(other);
    MEASURE("memory", memcpy, one_block, other, 64);
    MEASURE("memory", memmove, one_block, other, 64);
    MEASURE("memory", memset, one_block, 1, 64);
    MEASURE("memory", memcmp, one_block, other, 64);
    MEASURE("memory", bcmp, one_block, other, 64);
    MEASURE("memory", memchr, one_block, 2, 64);
    MEASURE("memory", memrchr, one_block, 2, 64);
    MEASURE("memory", mempcpy, one_block, other, 64);
    /* A call of each: what the pair takes is divided evenly. */
    MEASURE_SOME("memory", "malloc", 2, free(malloc(64)));
    MEASURE_SOME("memory", "free", 2, free(malloc(64)));
    MEASURE_SOME("memory", "calloc", 1, free(calloc(1, 64)));
    MEASURE_SOME("memory", "realloc", 1, (one_block = realloc(one_block, i % 2 ? 4096 : 4000)));
    MEASURE_SOME("memory", "aligned_alloc", 1, free(aligned_alloc(64, 64)));
    void *aligned;
    MEASURE_SOME("memory", "posix_memalign", 1, (posix_memalign(&aligned, 64, 64), free(aligned)));
}

static void strings(void) {
    char *text = strdup("all these worlds of ours"), *same = strdup("all these worlds of ours"), *room = malloc(256);
    char *hay = strdup("one two three four five six seven eight needle ten eleven twelve"), *rest = NULL;
    HIDE(text);
    HIDE(same);
    HIDE(room);
    HIDE(hay);
    MEASURE("strings", strlen, text);
    MEASURE("strings", strnlen, text, 100);
    MEASURE("strings", strcmp, text, same);
    MEASURE("strings", strncmp, text, same, 24);
    MEASURE("strings", strcasecmp, text, same);
    MEASURE("strings", strncasecmp, text, same, 24);
    MEASURE("strings", strcpy, room, text);
    MEASURE("strings", strncpy, room, text, 32);
    MEASURE("strings", stpcpy, room, text);
    MEASURE_SOME("strings", "strcat", 1, (room[0] = 0, strcat(room, text)));
    MEASURE_SOME("strings", "strncat", 1, (room[0] = 0, strncat(room, text, 24)));
    MEASURE("strings", strchr, text, 'u');
    MEASURE("strings", strrchr, text, 'h');
    MEASURE("strings", strstr, hay, "needle");
    MEASURE("strings", strspn, text, "abcdefghijklmnopqrstuvwxyz ");
    MEASURE("strings", strcspn, text, "0123456789");
    MEASURE("strings", strpbrk, text, "0123456789");
    MEASURE_SOME("strings", "strtok", 1, (memcpy(room, text, 25), strtok(room, " ")));
    MEASURE_SOME("strings", "strtok_r", 1, (memcpy(room, text, 25), strtok_r(room, " ", &rest)));
    MEASURE_SOME("strings", "strdup", 1, free(strdup(text)));
    MEASURE_SOME("strings", "strndup", 1, free(strndup(text, 20)));
    MEASURE("strings", strcoll, text, same);
    MEASURE("strings", strerror, 2);
    MEASURE("strings", toupper, text[i % 24]);
    MEASURE("strings", tolower, text[i % 24]);
    MEASURE("strings", isalpha, text[i % 24]);
    MEASURE("strings", isdigit, text[i % 24]);
    MEASURE("strings", isspace, text[i % 24]);
    MEASURE_SOME("strings", "__ctype_b_loc", 1, KEEP(__ctype_b_loc()));
    MEASURE_SOME("strings", "__ctype_tolower_loc", 1, KEEP(__ctype_tolower_loc()));
    MEASURE_SOME("strings", "__errno_location", 1, KEEP(__errno_location()));
}

static void numbers(void) {
    const char *digits = "1234567", *decimal = "3.14159e2";
    HIDE(digits);
    HIDE(decimal);
    MEASURE("numbers", atoi, digits);
    MEASURE("numbers", atol, digits);
    MEASURE("numbers", strtol, digits, NULL, 10);
    MEASURE("numbers", strtoul, digits, NULL, 10);
    MEASURE("numbers", strtoll, digits, NULL, 10);
    MEASURE("numbers", strtoull, digits, NULL, 10);
    MEASURE_SOME("numbers", "atof", 1, KEEP_REAL(atof(decimal)));
    MEASURE_SOME("numbers", "strtod", 1, KEEP_REAL(strtod(decimal, NULL)));
    MEASURE("numbers", abs, i);
    MEASURE("numbers", labs, i);
    MEASURE_SOME("numbers", "div", 1, KEEP(div(i + 1000, 7).quot));
    MEASURE_SOME("numbers", "rand", 1, KEEP(rand()));
    MEASURE_SOME("numbers", "random", 1, KEEP(random()));
    MEASURE_SOME("numbers", "srand", 1, srand(7));
    MEASURE_SOME("numbers", "drand48", 1, KEEP_REAL(drand48()));
    MEASURE_SOME("numbers", "lrand48", 1, KEEP(lrand48()));
}

static void mathematics(void) {
    int exponent;
    double whole;
    float whole_float;
    MATH(sin, x);
    MATH(cos, x);
    MATH(tan, x);
    MATH(asin, x);
    MATH(acos, x);
    MATH(atan, x);
    MATH(atan2, x, y);
    MATH(sinh, x);
    MATH(cosh, x);
    MATH(tanh, x);
    MATH(exp, x);
    MATH(exp2, x);
    MATH(expm1, x);
    MATH(log, x);
    MATH(log2, x);
    MATH(log10, x);
    MATH(log1p, x);
    MATH(pow, x, y);
    MATH(sqrt, x);
    MATH(cbrt, x);
    MATH(hypot, x, y);
    MATH(erf, x);
    MATH(erfc, x);
    MATH(lgamma, y);
    MATH(tgamma, y);
    MATH(fmod, y, x);
    MATH(remainder, y, x);
    MATH(floor, y);
    MATH(ceil, y);
    MATH(round, y);
    MATH(trunc, y);
    MATH(rint, y);
    MATH(nearbyint, y);
    MATH(lround, y);
    MATH(lrint, y);
    MATH(fabs, y);
    MATH(fmin, x, y);
    MATH(fmax, x, y);
    MATH(fma, x, y, one);
    MATH(copysign, x, y);
    MATH(ldexp, x, 3);
    MATH(frexp, x, &exponent);
    MEASURE_SOME("math", "modf", 1, KEEP_REAL(modf(y, &whole)));
    MEASURE_SOME("math", "modff", 1, KEEP_REAL(modff((float)y, &whole_float)));
    double sine, cosine;
    float sine_float, cosine_float;
    MEASURE_SOME("math", "sincos", 1, sincos(x, &sine, &cosine));
    MEASURE_SOME("math", "sincosf", 1, sincosf((float)x, &sine_float, &cosine_float));
}

/* Fills an array with other numbers each time, so that the processor cannot learn how comparisons of them end. */
static void fill(int *numbers, int n) {
    static unsigned seed = 1;
    for (int i = 0; i < n; i++) {
        seed = seed * 1103515245 + 12345;
        numbers[i] = (int)(seed >> 16);
    }
}

/* Cycles of sorting that many numbers, without what the comparisons take themselves: that is counted where they are defined. */
static double sort_cycles(int n, double *comparisons_of_one) {
    int work[64], pair[2] = {1, 2};
    uint64_t best = UINT64_MAX, filling = UINT64_MAX, compare = UINT64_MAX;
    int (*hidden)(const void *, const void *) = ascending;
    HIDE(hidden);
    for (int turn = 0; turn < ROUNDS; turn++) {
        ROUND(best, (fill(work, n), qsort(work, (size_t)n, sizeof work[0], ascending)));
        ROUND(filling, fill(work, n));
        ROUND(compare, KEEP(hidden(&pair[0], &pair[1])));
    }
    comparisons = 0;
    for (int i = 0; i < CALLS; i++) {
        fill(work, n);
        qsort(work, (size_t)n, sizeof work[0], counting);
    }
    *comparisons_of_one = (double)comparisons / CALLS;
    return ((double)best - (double)filling - (double)comparisons * (double)compare / CALLS) / CALLS;
}

/* Searches that many numbers, each time for another one. */
static double search_cycles(int n, double *comparisons_of_one) {
    int sorted[64], keys[CALLS], pair[2] = {1, 2};
    for (int i = 0; i < n; i++) {
        sorted[i] = i;
    }
    uint64_t best = UINT64_MAX, compare = UINT64_MAX;
    int (*hidden)(const void *, const void *) = ascending;
    HIDE(hidden);
    for (int turn = 0; turn < ROUNDS; turn++) {
        fill(keys, CALLS);
        for (int i = 0; i < CALLS; i++) {
            keys[i] = (int)((unsigned)keys[i] % (unsigned)n);
        }
        ROUND(best, KEEP(bsearch(&keys[i], sorted, (size_t)n, sizeof sorted[0], ascending)));
        ROUND(compare, KEEP(hidden(&pair[0], &pair[1])));
    }
    comparisons = 0;
    for (int i = 0; i < CALLS; i++) {
        KEEP(bsearch(&keys[i], sorted, (size_t)n, sizeof sorted[0], counting));
    }
    *comparisons_of_one = (double)comparisons / CALLS;
    return ((double)best - (double)comparisons * (double)compare / CALLS) / CALLS;
}

/* What a function takes beside the functions that it calls back: for each such call, and once. Of two lengths, by their difference. */
static void report_callbacks(const char *name, double (*measure)(int, double *)) {
    double few, many, shorter = measure(8, &few), longer = measure(64, &many);
    double each = (longer - shorter) / (many - few), once = shorter - few * each;
    printf("sorting %s %.1f\n", name, once > 0 ? once : 0);
    printf("callbacks llvm.callback.%s %.1f\n", name, each > 0 ? each : 0);
}

static void sorting(void) {
    report_callbacks("qsort", sort_cycles);
    report_callbacks("bsearch", search_cycles);
}

static void input_and_output(FILE *null) {
    char room[256];
    int number;
    double decimal;
    MEASURE("output", snprintf, room, sizeof room, "%d %s\n", 12345, "some text");
    MEASURE("output", sprintf, room, "%d %s\n", 12345, "some text");
    MEASURE_SOME("output", "vsnprintf", 1, print_list_to(room, "%d %s\n", 12345, "some text"));
    MEASURE("output", fprintf, null, "%d %s\n", 12345, "some text");
    MEASURE_SOME("output", "vfprintf", 1, print_list(null, "%d %s\n", 12345, "some text"));
    MEASURE("output", fputs, "some text of a line\n", null);
    MEASURE("output", fputc, 'a', null);
    MEASURE("output", putc, 'a', null);
    MEASURE("output", fwrite, room, 1, 64, null);
    MEASURE("output", fflush, null);
    MEASURE("output", sscanf, "12345 3.25", "%d %lf", &number, &decimal);
    FILE *zero = fopen("/dev/zero", "r");
    if (zero) {
        MEASURE("input", fgetc, zero);
        MEASURE("input", getc, zero);
        MEASURE("input", fread, room, 1, 64, zero);
        fclose(zero);
    }
    FILE *lines = tmpfile();
    if (lines) {
        for (int i = 0; i < ROUNDS * CALLS * 2; i++) {
            fputs("some text of a line\n", lines);
        }
        rewind(lines);
        MEASURE("input", fgets, room, sizeof room, lines);
        fclose(lines);
    }
}

static void system_and_threads(int null) {
    struct timespec time;
    struct timeval day;
    char room[64] = {0};
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    MEASURE_SOME("system", "clock_gettime", 1, clock_gettime(CLOCK_MONOTONIC, &time));
    MEASURE_SOME("system", "gettimeofday", 1, gettimeofday(&day, NULL));
    MEASURE_SOME("system", "time", 1, KEEP(seconds()));
    MEASURE_SOME("system", "clock", 1, KEEP(clock()));
    MEASURE("system", getenv, "NO_SUCH_VARIABLE");
    MEASURE("system", write, null, room, sizeof room);
    MEASURE("system", read, null, room, sizeof room);
    MEASURE_SOME("system", "getpid", 1, getpid());
    MEASURE_SOME("threads", "pthread_mutex_lock", 2, (pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex)));
    MEASURE_SOME("threads", "pthread_mutex_unlock", 2, (pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex)));
    MEASURE_SOME("threads", "pthread_mutex_trylock", 1, (pthread_mutex_trylock(&mutex), pthread_mutex_unlock(&mutex)));
    MEASURE_SOME("threads", "pthread_cond_signal", 1, pthread_cond_signal(&condition));
    MEASURE_SOME("threads", "pthread_cond_broadcast", 1, pthread_cond_broadcast(&condition));
    MEASURE_SOME("threads", "pthread_self", 1, KEEP(pthread_self()));
}

#define CHAIN(name, type, constraint, start, operation)                                     \
    do {                                                                                    \
        uint64_t best = UINT64_MAX;                                                         \
        for (int turn = 0; turn < ROUNDS; turn++) {                                         \
            type value = start;                                                             \
            __asm__ volatile("" : "+" constraint(value));                                   \
            ROUND(best, (value = operation));                                               \
            __asm__ volatile("" : : constraint(value));                                     \
        }                                                                                   \
        printf("# %s, one after the other: %.1f cycles\n", name, (double)best / CALLS);     \
    } while (0)

/* For comparison, what instructions take whose cost is 1 in any table that does not say otherwise. Each waits for the one before. */
static void instructions(void) {
    uint64_t wide = 3;
    uint32_t narrow = 3;
    HIDE(wide);
    HIDE(narrow);
    double divisor = y;
    CHAIN("add i64", uint64_t, "r", 1, value + wide);
    CHAIN("mul i64", uint64_t, "r", 1, value * wide);
    CHAIN("udiv and or i64", uint64_t, "r", UINT64_MAX, value / wide | (uint64_t)1 << 63);
    CHAIN("urem and or i32", uint32_t, "r", UINT32_MAX, value % narrow | (uint32_t)1 << 31);
#if defined(__x86_64__)
    CHAIN("fadd double", double, "x", 1e9, value + divisor);
    CHAIN("fdiv and fadd double", double, "x", 1e300, value / divisor + 1e300);
    CHAIN("fsqrt double", double, "x", 1e300, __builtin_sqrt(value));
#else
    CHAIN("fadd double", double, "w", 1e9, value + divisor);
    CHAIN("fdiv and fadd double", double, "w", 1e300, value / divisor + 1e300);
    CHAIN("fsqrt double", double, "w", 1e300, __builtin_sqrt(value));
#endif
}

int main(void) {
    FILE *null = fopen("/dev/null", "w");
    FILE *source = fopen("/dev/null", "r+");
    if (!null || !source) {
        return 1;
    }
    memory();
    strings();
    numbers();
    mathematics();
    sorting();
    input_and_output(null);
    system_and_threads(fileno(source));
    instructions();
    return 0;
}
