// flags: -std=c++17
// Templates and the containers of the standard library, lambdas, variants, optionals, string streams, sorting with
// comparators, variadic templates and fold expressions, constexpr tables, structured bindings.
#include <algorithm>
#include <array>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

template <int N> constexpr std::array<int, N> squares() {
    std::array<int, N> result{};
    for (int i = 0; i < N; i++) {
        result[static_cast<size_t>(i)] = i * i;
    }
    return result;
}

template <typename... T> auto total(T... values) { return (values + ... + 0); }

template <typename... F> struct overloaded : F... {
    using F::operator()...;
};
template <typename... F> overloaded(F...) -> overloaded<F...>;

using Value = std::variant<int, double, std::string, std::vector<int>>;

static std::string show(const Value &value) {
    return std::visit(overloaded{[](int i) { return std::to_string(i); }, [](double d) { return std::to_string(d); },
                                 [](const std::string &s) { return '"' + s + '"'; },
                                 [](const std::vector<int> &v) { return std::to_string(v.size()); }},
                      value);
}

static std::optional<int> parse(const std::string &text) {
    try {
        return std::stoi(text);
    } catch (const std::exception &) {
        return std::nullopt;
    }
}

int main() {
    constexpr auto table = squares<16>();
    std::map<std::string, std::vector<int>> groups;
    for (int square : table) {
        groups[square % 3 == 0 ? "three" : square % 2 == 0 ? "even" : "odd"].push_back(square);
    }
    std::ostringstream out;
    for (const auto &[name, members] : groups) {
        out << name << '=' << std::accumulate(members.begin(), members.end(), 0) << ';';
    }
    std::unordered_map<int, std::unique_ptr<std::set<int>>> sets;
    for (int i = 0; i < 100; i++) {
        auto &set = sets[i % 7];
        if (!set) {
            set = std::make_unique<std::set<int>>();
        }
        set->insert(i * i % 31);
    }
    std::vector<std::pair<size_t, int>> sizes;
    for (const auto &[key, set] : sets) {
        sizes.emplace_back(set->size(), key);
    }
    std::sort(sizes.begin(), sizes.end(), [](auto &a, auto &b) { return std::tie(b.first, a.second) < std::tie(a.first, b.second); });
    std::function<int(int)> twice = [n = total(1, 2, 3)](int x) { return x * n; };
    for (const Value &value : {Value{1}, Value{2.5}, Value{std::string("x")}, Value{std::vector<int>(5)}}) {
        out << show(value) << ',';
    }
    std::regex number("([0-9]+)-([a-z]*)");
    std::smatch match;
    std::string text = "see 42-abc";
    if (std::regex_search(text, match, number)) {
        out << match[1] << match[2];
    }
    std::cout << out.str() << twice(sizes.front().second) << parse("12").value_or(0) << parse("x").value_or(-1) << '\n';
}
