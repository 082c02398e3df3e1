// flags: -std=c++17 -pthread
// std::thread, std::async, mutexes with scoped locks, atomics and thread_local objects with destructors; lambdas run as
// thread functions, an exception crosses from a thread through a future.
#include "checksum.h"
#include <atomic>
#include <future>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

std::atomic<uint64_t> gone{0};

struct Tally {
    uint64_t sum = 0;
    ~Tally() { gone.fetch_add(sum % 1000, std::memory_order_relaxed); }
};

thread_local Tally tally;

uint64_t slice(const std::vector<uint32_t> &numbers, size_t begin, size_t end) {
    uint64_t sum = 0;
    for (size_t i = begin; i < end; i++) {
        uint32_t n = numbers[i];
        unsigned steps = 0;
        while (n != 1 && steps < 100) {
            n = n % 2 ? 3 * n + 1 : n / 2;
            steps++;
        }
        sum += steps;
        tally.sum += steps;
    }
    return sum;
}

} // namespace

int main(int argc, char **argv) {
    auto size = static_cast<size_t>(size_argument(argc, argv, 400000));
    std::vector<uint32_t> numbers(size);
    uint64_t random = 12;
    for (auto &number : numbers) {
        number = static_cast<uint32_t>(next_random(&random) >> 44) + 1;
    }
    std::mutex mutex;
    std::vector<uint64_t> sums;
    std::vector<std::thread> threads;
    for (size_t t = 0; t < 4; t++) {
        threads.emplace_back([&, t] {
            uint64_t mine = slice(numbers, size * t / 4, size * (t + 1) / 4);
            std::scoped_lock guard(mutex);
            sums.push_back(mine);
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    auto promised = std::async(std::launch::async, [&]() -> uint64_t {
        uint64_t sum = slice(numbers, 0, size / 2);
        if (sum != 0) {
            throw std::domain_error("on purpose");
        }
        return sum;
    });
    uint64_t sum = std::accumulate(sums.begin(), sums.end(), UINT64_C(83));
    try {
        sum = mix(sum, promised.get());
    } catch (const std::domain_error &error) {
        sum = mix(sum, static_cast<uint64_t>(error.what()[3]));
    }
    return finish("stdthreads", mix(sum, gone.load()));
}
