/* Recursion of every kind: two self calls, nested argument calls, mutual recursion over two functions, a tail call,
   backtracking with loops between the calls, and a cycle of three functions through pointers. */
#include "checksum.h"

static unsigned fib(unsigned n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static unsigned ackermann(unsigned m, unsigned n) {
    if (m == 0) {
        return n + 1;
    }
    return n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static int is_odd(unsigned n);

static int is_even(unsigned n) {
    return n == 0 ? 1 : is_odd(n - 1);
}

static int is_odd(unsigned n) {
    return n == 0 ? 0 : is_even(n - 1);
}

static unsigned gcd(unsigned a, unsigned b) {
    return b == 0 ? a : gcd(b, a % b);
}

static long queens(int n, int row, unsigned columns, unsigned down, unsigned up) {
    if (row == n) {
        return 1;
    }
    long solutions = 0;
    for (int c = 0; c < n; c++) {
        unsigned column = 1u << c;
        unsigned d = 1u << (row + c);
        unsigned u = 1u << (row - c + n);
        if (columns & column || down & d || up & u) {
            continue;
        }
        solutions += queens(n, row + 1, columns | column, down | d, up | u);
    }
    return solutions;
}

struct step {
    long (*next)(const struct step *, long);
};

static long halve(const struct step *steps, long n) {
    return n <= 1 ? 0 : 1 + steps[(n / 2) % 3].next(steps, n / 2);
}

static long triple(const struct step *steps, long n) {
    return n <= 1 ? 0 : 2 + steps[n % 3].next(steps, (n * 3 + 1) / 5);
}

static long subtract(const struct step *steps, long n) {
    return n <= 1 ? 0 : 3 + steps[(n - 1) % 3].next(steps, n - 1 - n / 7);
}

int main(int argc, char **argv) {
    long n = size_argument(argc, argv, 33);
    static const struct step steps[] = {{halve}, {triple}, {subtract}};
    uint64_t sum = 61;
    sum = mix(sum, fib((unsigned)n));
    sum = mix(sum, ackermann(2, (unsigned)n * 8));
    sum = mix(sum, (uint64_t)(is_even((unsigned)n * 1000) + 2 * is_odd((unsigned)n * 1001)));
    for (unsigned i = 1; i < 2000; i++) {
        sum = mix(sum, gcd(i * 7919, 104729 * (unsigned)n + i));
    }
    sum = mix(sum, (uint64_t)queens(n > 34 ? 10 : 9, 0, 0, 0, 0));
    for (long i = 0; i < n * 500; i++) {
        sum = mix(sum, (uint64_t)steps[i % 3].next(steps, i * 31));
    }
    return finish("recursion", sum);
}
