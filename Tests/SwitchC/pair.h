// SPDX-License-Identifier: Apache-2.0
// Two sides that switch to each other: the stack of the test, and one that it makes.
#pragma once

#include "gv_context.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The contexts of the two sides; the one that runs has an old value in its place.
struct pair {
    void *near;   // the test's
    void *far;    // the made one
    char *stack;  // malloc'd, below `far`
};

enum { stack_size = 256 * 1024 };

/// Makes the far side, so that the first `go_far` calls `entry(argument)` there.
void pair_open(struct pair *pair, void (*entry)(void *), void *argument);

/// Frees the stack of the far side, which must not run again.
void pair_close(struct pair *pair);

/// Switches from the near side to the far one; returns when that switches back.
void go_far(struct pair *pair);

/// Switches from the far side to the near one; returns when that switches back.
void go_near(struct pair *pair);

/// Runs `body(argument)` on a made stack to its end.
void run_far(void (*body)(void *), void *argument);

#ifdef __cplusplus
}
#endif
