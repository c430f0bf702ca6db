// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "pair.h"
#include "tests.h"

#include <stdlib.h>
#include <string.h>

enum { limit = 32, rounds = 3 };

struct sides {
    struct pair pair;
    uint64_t far[rounds][limit];
};

/// A value that no other register, round or side has, with every byte set.
static uint64_t pattern(int side, int round, int index) {
    return 0x1111111111111111u * (uint64_t)(side + 1) + 0x0101010101010101u * (uint64_t)index
        + (uint64_t)round;
}

static void far_side(void *argument) {
    struct sides *sides = argument;
    for (int round = 0; round < rounds; round++) {
        for (int index = 0; index < limit; index++) {
            sides->far[round][index] = pattern(4, round, index);
        }
        probe_swap(sides->far[round], &sides->pair.far, sides->pair.near);
    }
    abort();
}

void test_registers(void) {
    struct sides sides;
    uint64_t near[rounds][limit];

    pair_open(&sides.pair, far_side, &sides);
    for (int round = 0; round < rounds; round++) {
        for (int index = 0; index < limit; index++) near[round][index] = pattern(1, round, index);
        probe_swap(near[round], &sides.pair.near, sides.pair.far);
    }
    pair_close(&sides.pair);

    for (int index = 0; register_names[index]; index++) {
        bool near_kept = true, far_kept = true;
        for (int round = 0; round < rounds; round++) {
            near_kept &= near[round][index] == pattern(1, round, index);
            // The far side has not come back from its last switch.
            if (round + 1 < rounds) far_kept &= sides.far[round][index] == pattern(4, round, index);
        }
        check(near_kept && far_kept, "%s is kept on both sides", register_names[index]);
    }
}
