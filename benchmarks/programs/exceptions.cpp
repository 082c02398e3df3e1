// C++ exceptions through several instrumented frames: destructors on the way, rethrow, nested try, catch by base class,
// catch-all, function try block, exceptions thrown while a loop counts, and std::exception_ptr.
#include "checksum.h"
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

uint64_t trail = 67;

struct Guard {
    int id;
    explicit Guard(int id) : id(id) {}
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;
    ~Guard() { trail = mix(trail, static_cast<uint64_t>(id)); }
};

struct Failure : std::runtime_error {
    int depth;
    Failure(const std::string &what, int depth) : std::runtime_error(what), depth(depth) {}
};

struct Deeper final : Failure {
    using Failure::Failure;
};

[[gnu::noinline]] int descend(int depth, int floor, int kind) {
    Guard guard(depth);
    int work = 0;
    for (int i = 0; i < 20 + depth; i++) {
        work += i * depth ^ kind;
    }
    if (depth == floor) {
        switch (kind % 5) {
            case 0: throw Failure("floor", depth);
            case 1: throw Deeper("deeper", depth);
            case 2: throw depth;
            case 3: throw std::string("text");
            default: return work;
        }
    }
    if (depth % 3 == 1) {
        try {
            return work + descend(depth + 1, floor, kind);
        } catch (const Deeper &deeper) {
            trail = mix(trail, static_cast<uint64_t>(deeper.depth));
            throw;
        } catch (int thrown) {
            if (thrown % 2) {
                throw Failure("from int", thrown);
            }
            throw;
        }
    }
    return work + descend(depth + 1, floor, kind);
}

struct Member {
    Guard guard;
    int value;
    explicit Member(int n) try : guard(n), value(descend(0, 2, n)) {
    } catch (...) {
        trail = mix(trail, 1000);
    }
};

[[gnu::noinline]] int attempt(int floor, int kind) {
    try {
        try {
            return descend(0, floor, kind);
        } catch (const Failure &failure) {
            trail = mix(trail, static_cast<uint64_t>(failure.depth + failure.what()[0]));
            if (failure.depth % 4 == 0) {
                throw;
            }
            return failure.depth;
        }
    } catch (const std::exception &) {
        return -1;
    } catch (const std::string &text) {
        return static_cast<int>(text.size());
    } catch (...) {
        return -2;
    }
}

void nothing_thrown() noexcept {
    std::vector<std::unique_ptr<Guard>> guards;
    for (int i = 0; i < 10; i++) {
        guards.push_back(std::make_unique<Guard>(i));
    }
}

} // namespace

int main(int argc, char **argv) {
    long rounds = size_argument(argc, argv, 6000);
    uint64_t sum = 71;
    for (long round = 0; round < rounds; round++) {
        sum = mix(sum, static_cast<uint64_t>(attempt(1 + static_cast<int>(round % 11), static_cast<int>(round % 7))));
        nothing_thrown();
        if (round % 16 == 0) {
            try {
                Member member(static_cast<int>(round));
                sum = mix(sum, static_cast<uint64_t>(member.value));
            } catch (...) {
                sum = mix(sum, 3);
            }
        }
        if (round % 32 == 0) {
            std::exception_ptr kept;
            try {
                std::vector<int> v(3);
                v.at(static_cast<size_t>(round % 5)) = 1;
            } catch (...) {
                kept = std::current_exception();
            }
            try {
                if (kept) {
                    std::rethrow_exception(kept);
                }
            } catch (const std::out_of_range &) {
                sum = mix(sum, 5);
            }
        }
    }
    return finish("exceptions", mix(sum, trail));
}
