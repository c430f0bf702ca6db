// SPDX-License-Identifier: Apache-2.0
// What a made stack finds when it first runs, and when its entry returns.
#include "check.h"
#include "pair.h"
#include "tests.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct entered {
    struct entry_state state;
    struct pair pair;
    void *argument;
};

static void note_argument(void *argument) {
    struct entered *entered = argument;
    entered->argument = argument;
    go_near(&entered->pair);
    abort();
}

static void test_stack_at_entry(void) {
    bool argument_passed = true, aligned = true, outermost = true, at_the_top = true;
    static char stack[16 * 1024] __attribute__((aligned(64)));

    for (int odd = 0; odd < 64; odd++) {
        struct entered entered = {.state = {.frame_pointer = 1, .body = note_argument}};
        char *top = stack + sizeof stack - odd;
        entered.pair.far = gv_context_make(top, probe_entry, &entered);
        go_far(&entered.pair);
        argument_passed &= entered.argument == &entered;
        aligned &= entered.state.stack_pointer % 16 == entry_misalignment;
        outermost &= entered.state.frame_pointer == 0;
        at_the_top &= (uintptr_t)top - entered.state.stack_pointer < 32;
    }

    check(argument_passed, "the entry is given its argument");
    check(aligned, "the stack is aligned at the entry, whatever the top");
    check(outermost, "the frame pointer is zero at the entry");
    check(at_the_top, "the entry starts at the top of the stack");
}

static void test_bytes_written(void) {
    enum { size = 1024, written = 192, above = 64 };
    unsigned char memory[size] __attribute__((aligned(16)));
    memset(memory, 0xA5, size);

    unsigned char *context = gv_context_make(memory + size - above, note_argument, NULL);

    bool untouched = true;
    for (int i = 0; i < size; i++) {
        bool ours = i >= size - above - written && i < size - above;
        if (!ours) untouched &= memory[i] == 0xA5;
    }
    check(untouched, "making a context writes at most 192 bytes, and below the top");
    check(context >= memory + size - above - written && (uintptr_t)context % 16 == 0,
          "a made context lies where it was written");
}

static void print_number(void *buffer) {
    // Where floating-point arguments are variadic, their saving faults on a misaligned stack.
    snprintf(buffer, 32, "%f %d %.2e %Lf", 1.5, 42, 6.02e23, 0.25L);
}

static void test_variadic_call(void) {
    char buffer[32] = "";

    run_far(print_number, buffer);

    check(strcmp(buffer, "1.500000 42 6.02e+23 0.250000") == 0,
          "printf of floating-point numbers works on a made stack");
}

static void return_at_once(void *argument) {
    (void)argument;
}

static void test_return_from_entry(void) {
    pid_t child = fork();
    if (child == 0) {
        struct rlimit no_core = {0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        close(STDERR_FILENO);  // qemu-user has something to say about it
        struct pair pair;
        pair_open(&pair, return_at_once, NULL);
        go_far(&pair);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);

    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    check(number == SIGILL || number == SIGTRAP, "an entry that returns dies of a trap");
}

void test_entry(void) {
    test_stack_at_entry();
    test_bytes_written();
    test_variadic_call();
    test_return_from_entry();
}
