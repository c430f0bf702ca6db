// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

#include "check.h"
#include "pair.h"
#include "stepping.h"
#include "tests.h"

#include <stdlib.h>
#include <string.h>

const char *const register_names[] = {"rbp", "rbx", "r12", "r13", "r14", "r15", NULL};
const uintptr_t entry_misalignment = 8;

enum {
    mxcsr_flags = 0x3F,
    mxcsr_round_down = 0x2000,
    mxcsr_round_up = 0x4000,
    mxcsr_flush_to_zero = 0x8000,
    x87_round_up = 0x0800,
    x87_round_down = 0x0400,
    x87_inexact = 0x20,
};

struct controls {
    uint32_t mxcsr;
    uint16_t x87;
};

static struct controls get_controls(void) {
    struct controls controls;
    __asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(controls.mxcsr), "=m"(controls.x87));
    return controls;
}

static void set_controls(struct controls controls) {
    __asm__ volatile("fnclex\n\tldmxcsr %0\n\tfldcw %1" ::"m"(controls.mxcsr), "m"(controls.x87));
}

static bool same_mxcsr(struct controls one, struct controls other) {
    return (one.mxcsr & ~mxcsr_flags) == (other.mxcsr & ~mxcsr_flags);
}

static double third_by_sse(void) {
    volatile double one = 1, three = 3;
    return one / three;
}

static long double third_by_x87(void) {
    volatile long double one = 1, three = 3;
    return one / three;
}

struct sides {
    struct pair pair;
    struct controls at_entry, set_by_far, after_switch;
    double sse;
    long double x87;
};

static void far_side(void *argument) {
    struct sides *sides = argument;
    sides->at_entry = get_controls();
    sides->sse = third_by_sse();
    sides->x87 = third_by_x87();
    set_controls(sides->set_by_far);
    go_near(&sides->pair);
    sides->after_switch = get_controls();
    go_near(&sides->pair);
    abort();
}

/// Switches there and back twice, with `near` set here and `far` set there.
static void compare(struct controls near, struct controls far, const char *what) {
    struct controls usual = get_controls();
    double usual_sse = third_by_sse();
    long double usual_x87 = third_by_x87();
    struct sides sides = {.set_by_far = far};

    pair_open(&sides.pair, far_side, &sides);
    set_controls(near);
    go_far(&sides.pair);
    struct controls first = get_controls();
    go_far(&sides.pair);
    struct controls second = get_controls();
    set_controls(usual);
    pair_close(&sides.pair);

    check(same_mxcsr(sides.at_entry, usual) && sides.at_entry.x87 == usual.x87
              && sides.sse == usual_sse && sides.x87 == usual_x87,
          "%s set here does not reach the other side", what);
    check(same_mxcsr(sides.after_switch, far) && sides.after_switch.x87 == far.x87,
          "%s set there is there again", what);
    check(same_mxcsr(first, near) && first.x87 == near.x87 && same_mxcsr(second, near)
              && second.x87 == near.x87,
          "%s set here is here again", what);
}

static void test_maker_controls(void) {
    struct controls usual = get_controls(), up = usual;
    up.mxcsr |= mxcsr_round_up;
    up.x87 |= x87_round_up;
    struct sides sides = {.set_by_far = usual};

    set_controls(up);
    pair_open(&sides.pair, far_side, &sides);
    set_controls(usual);
    go_far(&sides.pair);
    pair_close(&sides.pair);

    check(same_mxcsr(sides.at_entry, up) && sides.at_entry.x87 == up.x87,
          "a made stack starts with the controls of its maker");
}

static void test_flags_alone(void) {
    struct controls usual = get_controls(), raised = usual;
    usual.mxcsr &= ~(uint32_t)mxcsr_flags;
    raised.mxcsr |= mxcsr_flags;
    struct sides sides = {.set_by_far = usual};

    set_controls(usual);
    pair_open(&sides.pair, far_side, &sides);
    set_controls(raised);
    go_far(&sides.pair);
    struct controls back = get_controls();
    set_controls(usual);
    pair_close(&sides.pair);

    check(same_mxcsr(sides.at_entry, usual) && same_mxcsr(back, usual),
          "exception flags leave the controls alone");
    check((sides.at_entry.mxcsr & mxcsr_flags) == mxcsr_flags,
          "exception flags alone cause no reload");
}

static void wait_for_x87(void *argument) {
    struct sides *sides = argument;
    set_controls(sides->set_by_far);
    go_near(&sides->pair);
    __asm__ volatile("fwait");
    go_near(&sides->pair);
    abort();
}

/// One side has the x87 inexact exception masked and raises it; the other one has it unmasked.
static void test_pending_flag(void) {
    struct controls usual = get_controls();
    struct sides sides = {.set_by_far = usual};
    sides.set_by_far.x87 &= (uint16_t)~x87_inexact;

    pair_open(&sides.pair, wait_for_x87, &sides);
    go_far(&sides.pair);
    sides.x87 = third_by_x87();
    go_far(&sides.pair);
    set_controls(usual);
    pair_close(&sides.pair);

    check(true, "an x87 exception of one side does not trap on the other");
}

void test_architecture(void) {
    struct controls usual = get_controls();
    struct controls up = usual, down = usual, flush = usual, single = usual;

    up.mxcsr |= mxcsr_round_up;
    down.mxcsr |= mxcsr_round_down;
    compare(up, down, "an MXCSR rounding mode");
    flush.mxcsr |= mxcsr_flush_to_zero;
    compare(flush, usual, "MXCSR flush-to-zero");

    up = down = usual;
    up.x87 |= x87_round_up;
    down.x87 |= x87_round_down;
    compare(up, down, "an x87 rounding mode");
    single.x87 &= 0xFCFF;
    compare(single, usual, "an x87 precision");

    up.mxcsr |= mxcsr_round_up;
    compare(up, usual, "a rounding mode of both units");
    test_maker_controls();
    test_flags_alone();
    test_pending_flag();
    test_stepping();
}

#endif
