// SPDX-License-Identifier: Apache-2.0
// How a stand-in begins: whether it may wait at all, and whether it is others' turn.
#ifndef GV_TURN_H
#define GV_TURN_H

#include "../gv_stand_in.h"

/// So many calls in a row are made by a thread's greenlets before the one that makes the next lets others run: one
/// whose calls never have to wait would keep them from it for ever.
enum { GV_TURN_CALLS = 64 };

/// Counts a thread's calls, of all of its greenlets: who waits has let others run, but it costs more to tell than to
/// count.
extern __thread uint32_t gv_turn_calls __attribute__((tls_model("initial-exec")));

/// Lets others run; `errno` is kept.
void gv_turn_end(void);

/// Begins a stand-in: false if the real call has to be made.
static inline __attribute__((always_inline)) bool gv_turn_begin(void) {
    if (!gv_may_park()) return false;
    if (__builtin_expect(++gv_turn_calls % GV_TURN_CALLS == 0, 0)) gv_turn_end();
    return true;
}

#endif
