// SPDX-License-Identifier: Apache-2.0
// What every stand-in begins with.
//
// A stand-in makes the real call where that cannot block, or where there is nobody to let run meanwhile; else it tries
// without blocking, and waits by a hook.
#ifndef GV_STAND_IN_H
#define GV_STAND_IN_H

#include "include/gv_area.h"
#include "include/gv_hooks.h"
#include <gv_libc.h>
#include <gv_ready.h>
#include <stdbool.h>

/// Lists `function` as what is called in place of `call`. The entries are read as one array: a compiler that aligns them
/// better would leave holes.
#define GV_STAND_IN(area_bit, call, stand_in)                                                                  \
    static const gv_stand_in gv_entry_##call                                                                    \
        __attribute__((section("gv_stand_ins"), used, retain, aligned(__alignof__(gv_stand_in)))) = {           \
            .name = #call, .function = (void *)stand_in, .area = area_bit}

/// Set in a forked child and while the process exits: every call is the real one.
extern uint32_t gv_patch_is_off;

/// How many signal handlers this thread is inside of, of those that were installed by a patched `sigaction`. One that was
/// left by `siglongjmp` still counts; `gv_signal_is_over` finds out.
extern __thread uint32_t gv_signal_depth __attribute__((tls_model("initial-exec")));

/// Whether no handler runs on this thread any more; puts the depth right.
bool gv_signal_is_over(void);

/// Whether the caller is a greenlet that may give way here: not another thread, the hub itself, a forked child, a program
/// that exits, or a signal handler. The first test is the only one that other threads pay for.
static inline __attribute__((always_inline)) bool gv_may_park(void) {
    gv_hub *hub = gv_this_hub;
    return __builtin_expect(hub != 0, 1) && hub->current != &hub->loop && !gv_patch_is_off
        && (__builtin_expect(gv_signal_depth == 0, 1) || gv_signal_is_over());
}

#endif
