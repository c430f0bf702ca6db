// SPDX-License-Identifier: Apache-2.0
// Both sides keep their locals, at any depth, over many switches.
#include "check.h"
#include "pair.h"
#include "tests.h"

#include <stdlib.h>

enum { switches = 1000 * 1000, deepest = 64 };

struct ball {
    struct pair pair;
    uint64_t value;   // what the side that switched expects the other one to find
    long switched;
    bool is_wrong;
};

static uint64_t next(uint64_t value) {
    return value * 6364136223846793005u + 1442695040888963407u;
}

/// Switches to the other side at each level on the way down and on the way up.
__attribute__((noinline)) static void descend(struct ball *ball, void (*pass)(struct pair *),
                                              int depth) {
    volatile uint64_t canary[8];
    for (int i = 0; i < 8; i++) canary[i] = next((uint64_t)depth + (uint64_t)i);
    double fraction = (double)depth / 3;

    for (int way = 0; way < 2; way++) {
        uint64_t expected = next(ball->value);
        ball->value = expected;
        ball->switched++;
        pass(&ball->pair);
        // The other side has moved the value on by one, or by none at its end.
        ball->is_wrong |= ball->value != next(expected);
        if (way == 0 && depth > 1) descend(ball, pass, depth - 1);
    }

    for (int i = 0; i < 8; i++) ball->is_wrong |= canary[i] != next((uint64_t)depth + (uint64_t)i);
    ball->is_wrong |= fraction != (double)depth / 3;
}

static void far_side(void *argument) {
    struct ball *ball = argument;
    for (int depth = 1;; depth = depth % (deepest - 7) + 1) descend(ball, go_near, depth);
}

void test_integrity(void) {
    struct ball ball = {.value = 1};

    pair_open(&ball.pair, far_side, &ball);
    for (int depth = 1; ball.switched < switches; depth = depth % deepest + 1) {
        descend(&ball, go_far, depth);
    }
    pair_close(&ball.pair);

    check(!ball.is_wrong, "a million switches at changing depths lose nothing");
}
