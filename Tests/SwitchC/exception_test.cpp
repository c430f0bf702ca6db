// SPDX-License-Identifier: Apache-2.0
// C++ exceptions on a made stack.
#include "check.h"
#include "pair.h"
#include "tests.h"

#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Guard {
    int &count;
    ~Guard() { count++; }
};

__attribute__((noinline)) void throwAt(int depth, int &unwound) {
    Guard guard{unwound};
    if (depth == 0) throw std::runtime_error("thrown on a made stack");
    throwAt(depth - 1, unwound);
}

struct Outcome {
    pair switches;
    std::string text;
    int unwound;
};

void throwAndCatch(void *argument) {
    auto *outcome = static_cast<Outcome *>(argument);
    try {
        throwAt(10, outcome->unwound);
    } catch (const std::exception &error) {
        outcome->text = error.what();
    }
}

void throwAcrossSwitch(void *argument) {
    auto *outcome = static_cast<Outcome *>(argument);
    try {
        go_near(&outcome->switches);
        throwAt(10, outcome->unwound);
    } catch (const std::exception &error) {
        outcome->text = error.what();
    }
    go_near(&outcome->switches);
}

void throwForNobody(void *) {
    throw 1;
}

void testUncaught() {
    pid_t child = fork();
    if (child == 0) {
        std::set_terminate([] { _exit(42); });
        run_far(throwForNobody, nullptr);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 42,
          "an exception that nobody catches ends in std::terminate");
}

}  // namespace

void test_exceptions(void) {
    Outcome outcome{};
    run_far(throwAndCatch, &outcome);
    check(outcome.text == "thrown on a made stack" && outcome.unwound == 11,
          "an exception is thrown and caught on a made stack");

    Outcome later{};
    pair_open(&later.switches, throwAcrossSwitch, &later);
    go_far(&later.switches);
    go_far(&later.switches);
    check(later.text == "thrown on a made stack" && later.unwound == 11,
          "an exception is caught by a handler set up before a switch");
    pair_close(&later.switches);

    testUncaught();
}
