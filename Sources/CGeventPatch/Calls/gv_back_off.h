// SPDX-License-Identifier: Apache-2.0
// For what nothing tells of: looks again after 1 ms, 2 ms … 50 ms.
#ifndef GV_BACK_OFF_H
#define GV_BACK_OFF_H

#include "../include/gv_hooks.h"

enum { GV_BACK_OFF_FIRST = 1000000, GV_BACK_OFF_MOST = 50000000 };

typedef struct gv_back_off { uint64_t pause; } gv_back_off;

/// How long the next pause is to be.
static inline uint64_t gv_back_off_next(gv_back_off *back_off) {
    back_off->pause = back_off->pause ? back_off->pause * 2 : GV_BACK_OFF_FIRST;
    if (back_off->pause > GV_BACK_OFF_MOST) back_off->pause = GV_BACK_OFF_MOST;
    return back_off->pause;
}

/// 0, or -ECANCELED.
static inline long gv_back_off_wait(gv_back_off *back_off) {
    return gv_patch_hooks.sleep(gv_back_off_next(back_off));
}

#endif
