// flags: -std=c++20
// C++20: concepts, ranges-like iterators, spaceship, constinit, designated initialisers, lambdas with templates,
// consteval, bit operations, [[likely]], overloaded new with alignment, std::atomic_ref and wait-free counters.
#include <atomic>
#include <bit>
#include <compare>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <new>
#include <utility>
#include <vector>

template <typename T>
concept Number = std::integral<T> || std::floating_point<T>;

template <Number T> struct Fraction {
    T top, bottom;
    constexpr auto operator<=>(const Fraction &other) const {
        return top * other.bottom <=> other.top * bottom;
    }
    constexpr bool operator==(const Fraction &other) const { return (*this <=> other) == 0; }
};

consteval int cube(int n) { return n * n * n; }
constinit int global = cube(5);

struct alignas(64) Line {
    std::atomic<long> counter{0};
    char rest[40];
};

template <typename F, size_t... I> static long apply(F f, std::index_sequence<I...>) { return (f(I) + ...); }

static int choose(int x) {
    if (x > 1000) [[unlikely]] {
        return x / 3;
    }
    return x * 2;
}

int main() {
    auto *lines = new Line[3];
    for (int i = 0; i < 30; i++) {
        lines[i % 3].counter.fetch_add(choose(i * 40), std::memory_order_relaxed);
    }
    Fraction<int> half{.top = 1, .bottom = 2};
    Fraction<int> third{.top = 1, .bottom = 3};
    long sum = apply([]<typename T>(T i) { return static_cast<long>(i * i); }, std::make_index_sequence<6>{});
    int plain = 4;
    std::atomic_ref<int> reference(plain);
    int expected = 4;
    reference.compare_exchange_strong(expected, 9);
    sum += std::popcount(0xf0f0u) + std::countl_zero<uint16_t>(8) + static_cast<long>(std::rotl<uint32_t>(7, 30));
    std::vector<Fraction<int>> fractions{half, third, {2, 4}};
    for (auto &f : fractions) {
        sum += f == half ? 10 : f < half ? 100 : 1000;
    }
    std::printf("%ld %ld %d %d %f\n", sum, lines[1].counter.load(), plain, global, std::bit_cast<double>(UINT64_C(0x4000000000000000)));
    delete[] lines;
}
