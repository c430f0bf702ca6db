// SPDX-License-Identifier: Apache-2.0
// Boost.Context and Boost.Fiber: boost context|switch|handover|spawn|spawn-alive|parked|event|queue|queue-10|timers COUNT.
#include <boost/context/fiber.hpp>
#include <boost/fiber/all.hpp>
#include <boost/fiber/pooled_fixedsize_stack.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" {
#include "../c/measure.h"
}

namespace fibers = boost::fibers;
using boost::this_fiber::yield;

static constexpr std::size_t stack_size = 16384;

template <typename Body> static fibers::fiber spawn(fibers::pooled_fixedsize_stack &stacks, Body body) {
    return fibers::fiber(fibers::launch::post, std::allocator_arg, stacks, body);
}

static void join_all(std::vector<fibers::fiber> &all) {
    for (auto &fiber : all) fiber.join();
    all.clear();
}

// A bare context, without a scheduler.
static void measure_context(long count) {
    namespace context = boost::context;
    context::fiber other{[](context::fiber &&caller) {
        for (;;) caller = std::move(caller).resume();
        return std::move(caller);
    }};
    auto start = now();
    for (long i = 0; i < count / 2; i++) other = std::move(other).resume();
    printf("ns=%.2f\n", each(count, start));
    fflush(stdout);
    // The other context never returns, and so cannot be taken apart.
    _exit(0);
}

static void measure_switch(long count) {
    auto body = [count] {
        for (long i = 0; i < count / 2; i++) yield();
    };
    auto start = now();
    fibers::fiber first(body), second(body);
    first.join();
    second.join();
    printf("ns=%.1f\n", each(count, start));
}

static void measure_handover(long count) {
    fibers::unbuffered_channel<long> there, back;
    auto start = now();
    fibers::fiber answering([&] {
        for (long i = 0; i < count / 2; i++) back.push(there.value_pop() + 1);
    });
    for (long i = 0; i < count / 2; i++) {
        there.push(i);
        back.value_pop();
    }
    answering.join();
    printf("ns=%.1f\n", each(count, start));
}

static void measure_spawn(long count, long batch) {
    fibers::pooled_fixedsize_stack stacks(stack_size, 1000, 0);
    std::vector<fibers::fiber> all;
    all.reserve(batch);
    auto start = now();
    for (long done = 0; done < count; done += batch) {
        for (long i = 0; i < batch; i++) all.push_back(spawn(stacks, [] {}));
        join_all(all);
    }
    printf("ns=%.1f\n", each(count, start));
}

static void measure_parked(long count) {
    fibers::mutex mutex;
    fibers::condition_variable changed;
    bool is_open = false;
    long waiting = 0;
    fibers::pooled_fixedsize_stack stacks(stack_size, 10000, 0);
    std::vector<fibers::fiber> all;
    all.reserve(count);
    long before = resident_bytes();
    for (long i = 0; i < count; i++)
        all.push_back(spawn(stacks, [&] {
            std::unique_lock<fibers::mutex> lock(mutex);
            waiting++;
            changed.wait(lock, [&] { return is_open; });
        }));
    while (waiting < count) yield();
    long grown = resident_bytes() - before;
    auto start = now();
    {
        std::unique_lock<fibers::mutex> lock(mutex);
        is_open = true;
    }
    changed.notify_all();
    join_all(all);
    printf("bytes=%ld wake_ns=%.1f\n", grown / count, each(count, start));
}

static void measure_queue(long count, int pairs) {
    fibers::buffered_channel<long> queue(128);
    long share = count / pairs;
    std::vector<fibers::fiber> all;
    auto start = now();
    for (int i = 0; i < pairs; i++) {
        all.emplace_back([&] {
            for (long item = 0; item < share; item++) queue.push(item);
        });
        all.emplace_back([&] {
            for (long item = 0; item < share; item++) queue.value_pop();
        });
    }
    join_all(all);
    printf("ns=%.1f\n", each(count, start));
}

static void measure_timers(long count) {
    std::mt19937_64 random(now());
    fibers::pooled_fixedsize_stack stacks(stack_size, 10000, 0);
    std::vector<fibers::fiber> all;
    all.reserve(count);
    double cpu = cpu_seconds();
    for (long i = 0; i < count; i++) {
        std::chrono::nanoseconds duration(random() % 1000000000);
        all.push_back(spawn(stacks, [duration] { boost::this_fiber::sleep_for(duration); }));
    }
    join_all(all);
    printf("cpu_s=%.4f\n", cpu_seconds() - cpu);
}

int main(int words, char **arguments) {
    long count = number(words, arguments, 2);
    std::map<std::string, std::function<void()>> workloads = {
        {"context", [=] { measure_context(count); }},
        {"switch", [=] { measure_switch(count); }},
        {"handover", [=] { measure_handover(count); }},
        {"spawn", [=] { measure_spawn(count, 1000); }},
        {"spawn-alive", [=] { measure_spawn(count, count); }},
        {"parked", [=] { measure_parked(count); }},
        {"queue", [=] { measure_queue(count, 1); }},
        {"queue-10", [=] { measure_queue(count, 10); }},
        {"timers", [=] { measure_timers(count); }},
    };
    workloads.at(arguments[1])();
}
