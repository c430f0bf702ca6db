// SPDX-License-Identifier: Apache-2.0
#if defined(__aarch64__)

#include "check.h"
#include "pair.h"
#include "tests.h"

#include <stdlib.h>

const char *const register_names[] = {
    "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28",
    "d8",  "d9",  "d10", "d11", "d12", "d13", "d14", "d15", "x29", NULL,
};
const uintptr_t entry_misalignment = 0;

static const uint64_t round_up = 1u << 22, round_down = 2u << 22, flush_to_zero = 1u << 24;
static const uint64_t inexact_flag = 1u << 4;

static uint64_t get_fpcr(void) {
    uint64_t value;
    __asm__ volatile("mrs %0, fpcr" : "=r"(value));
    return value;
}

static void set_fpcr(uint64_t value) {
    __asm__ volatile("msr fpcr, %0" ::"r"(value));
}

static uint64_t get_fpsr(void) {
    uint64_t value;
    __asm__ volatile("mrs %0, fpsr" : "=r"(value));
    return value;
}

static void set_fpsr(uint64_t value) {
    __asm__ volatile("msr fpsr, %0" ::"r"(value));
}

static double third(void) {
    volatile double one = 1, three = 3;
    return one / three;
}

struct sides {
    struct pair pair;
    uint64_t at_entry, set_by_far, after_switch;
    double third;
};

static void far_side(void *argument) {
    struct sides *sides = argument;
    sides->at_entry = get_fpcr();
    sides->third = third();
    set_fpcr(sides->set_by_far);
    go_near(&sides->pair);
    sides->after_switch = get_fpcr();
    go_near(&sides->pair);
    abort();
}

/// Switches there and back twice, with `near` set here and `far` set there.
static void compare(uint64_t near, uint64_t far, const char *what) {
    uint64_t usual = get_fpcr();
    double usual_third = third();
    struct sides sides = {.set_by_far = far};

    pair_open(&sides.pair, far_side, &sides);
    set_fpcr(near);
    go_far(&sides.pair);
    uint64_t first = get_fpcr();
    go_far(&sides.pair);
    uint64_t second = get_fpcr();
    set_fpcr(usual);
    pair_close(&sides.pair);

    check(sides.at_entry == usual && sides.third == usual_third,
          "%s set here does not reach the other side", what);
    check(sides.after_switch == far, "%s set there is there again", what);
    check(first == near && second == near, "%s set here is here again", what);
}

static void test_maker_controls(void) {
    uint64_t usual = get_fpcr();
    struct sides sides = {.set_by_far = usual};

    set_fpcr(usual | round_up);
    pair_open(&sides.pair, far_side, &sides);
    set_fpcr(usual);
    go_far(&sides.pair);
    pair_close(&sides.pair);

    check(sides.at_entry == (usual | round_up),
          "a made stack starts with the controls of its maker");
}

static void test_flags_alone(void) {
    uint64_t usual = get_fpcr();
    struct sides sides = {.set_by_far = usual};

    pair_open(&sides.pair, far_side, &sides);
    set_fpsr(inexact_flag);
    go_far(&sides.pair);
    pair_close(&sides.pair);

    check(sides.at_entry == usual && get_fpcr() == usual && (get_fpsr() & inexact_flag),
          "exception flags leave the controls alone");
}

void test_architecture(void) {
    uint64_t usual = get_fpcr();

    compare(usual | round_up, usual | round_down, "an FPCR rounding mode");
    compare(usual | flush_to_zero, usual, "FPCR flush-to-zero");
    test_maker_controls();
    test_flags_alone();
}

#endif
