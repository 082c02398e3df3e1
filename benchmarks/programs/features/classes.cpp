// flags: -std=c++17
// Run-time types: virtual and multiple inheritance with thunks, covariant returns, dynamic_cast in all directions,
// typeid, pointers to members, local statics with guards, thread_local objects, inline variables, global constructors.
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <string>
#include <typeinfo>

inline int counted = 0;

struct Base {
    int id;
    explicit Base(int id) : id(id) { counted++; }
    virtual ~Base() { counted--; }
    virtual Base *clone() const { return new Base(*this); }
    virtual int area() const { return id; }
};

struct Left : virtual Base {
    int left = 3;
    Left() : Base(1) {}
    Left *clone() const override { return new Left(*this); }
    int area() const override { return left * id; }
};

struct Right : virtual Base {
    int right = 5;
    Right() : Base(2) {}
    virtual int perimeter() const { return right + id; }
};

struct Both final : Left, Right {
    std::string name = "both";
    Both() : Base(7) {}
    Both *clone() const override { return new Both(*this); }
    int area() const override { return Left::area() + right; }
    int perimeter() const override { return Right::perimeter() * 2; }
};

struct Registry {
    std::atomic<int> entries{0};
    Registry() { entries = 1; }
    ~Registry() { std::printf("%d\n", entries.load()); }
    int add() { return entries.fetch_add(1, std::memory_order_acq_rel); }
};

static Registry global;
thread_local std::string mine = "thread " + std::to_string(counted);

static Registry &local() {
    static Registry registry;
    return registry;
}

[[gnu::noinline]] static int variadic(int count, ...) {
    va_list list;
    va_start(list, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += i % 2 ? va_arg(list, double) : va_arg(list, int);
    }
    va_end(list);
    return static_cast<int>(sum);
}

[[gnu::noinline]] static unsigned long stamp(unsigned long x) {
#if defined(__x86_64__)
    unsigned long low, high;
    asm volatile("mulq %3" : "=a"(low), "=d"(high) : "0"(x), "r"(0x9e3779b97f4a7c15ul) : "cc");
    return low ^ high;
#else
    return x * 0x9e3779b97f4a7c15ul;
#endif
}

int main() {
    Both both;
    Base *base = &both;
    auto *right = dynamic_cast<Right *>(base);
    auto *left = dynamic_cast<Left *>(right);
    int (Base::*area)() const = &Base::area;
    int Both::*field = &Both::right;
    both.*field += 10;
    Base *copy = left->clone();
    int result = (copy->*area)() + right->perimeter() + variadic(4, 1, 2.5, 3, 4.5);
    try {
        Left &wrong = dynamic_cast<Left &>(*new Base(4));
        result += wrong.left;
    } catch (const std::bad_cast &) {
        result += 100;
    }
    result += typeid(*copy) == typeid(Both) ? 1000 : 0;
    result += local().add() + global.add();
    delete copy;
    std::printf("%d %d %s %lx\n", result, counted, mine.c_str(), stamp(12345));
}
