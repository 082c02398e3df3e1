// flags: -std=c++20
// Coroutines: a generator, a lazy task with symmetric transfer, an awaitable that does not suspend, exceptions through a
// coroutine, parameters and locals with destructors that live in the frame.
#if defined(__clang__) && !defined(__cpp_impl_coroutine)
#define __cpp_impl_coroutine 201902L // clang 14 has them, but says so by another name
#endif
#include <coroutine>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

template <typename T> class Generator {
  public:
    struct promise_type {
        T current{};
        std::exception_ptr failure;
        Generator get_return_object() { return Generator{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T value) {
            current = std::move(value);
            return {};
        }
        void return_void() {}
        void unhandled_exception() { failure = std::current_exception(); }
    };

    explicit Generator(std::coroutine_handle<promise_type> handle) : handle(handle) {}
    Generator(Generator &&other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
    ~Generator() {
        if (handle) {
            handle.destroy();
        }
    }
    bool next() {
        handle.resume();
        if (handle.promise().failure) {
            std::rethrow_exception(handle.promise().failure);
        }
        return !handle.done();
    }
    const T &value() const { return handle.promise().current; }

  private:
    std::coroutine_handle<promise_type> handle;
};

struct Task {
    struct promise_type {
        int result = 0;
        std::coroutine_handle<> waiting = std::noop_coroutine();
        Task get_return_object() { return Task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct Resume {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
                    return self.promise().waiting;
                }
                void await_resume() noexcept {}
            };
            return Resume{};
        }
        void return_value(int value) { result = value; }
        void unhandled_exception() { std::terminate(); }
    };

    explicit Task(std::coroutine_handle<promise_type> handle) : handle(handle) {}
    Task(Task &&other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
    ~Task() {
        if (handle) {
            handle.destroy();
        }
    }
    bool await_ready() const { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) {
        handle.promise().waiting = waiting;
        return handle;
    }
    int await_resume() { return handle.promise().result; }

    std::coroutine_handle<promise_type> handle;
};

struct Ready {
    int value;
    bool await_ready() const { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    int await_resume() const { return value; }
};

Generator<std::string> words(int count) {
    std::string text = "w";
    for (int i = 0; i < count; i++) {
        text += static_cast<char>('a' + i % 26);
        if (i == 20) {
            throw std::length_error(text);
        }
        co_yield text;
    }
}

Task leaf(int n) {
    int doubled = co_await Ready{n * 2};
    co_return doubled + 1;
}

Task sum(int n) {
    int total = 0;
    for (int i = 0; i < n; i++) {
        if (i % 3 == 0) {
            total += co_await leaf(i);
        } else {
            total -= co_await Ready{i};
        }
    }
    co_return total;
}

int main() {
    size_t length = 0;
    try {
        Generator<std::string> generator = words(30);
        while (generator.next()) {
            length += generator.value().size();
        }
    } catch (const std::length_error &error) {
        length += std::string(error.what()).size() * 1000;
    }
    Task task = sum(100);
    task.handle.resume();
    std::printf("%zu %d\n", length, task.handle.promise().result);
    return task.handle.done() ? 0 : 1;
}
