// SPDX-License-Identifier: Apache-2.0
// select(2) and pselect(2).
//
// `__fdelt_chk`, which the macros of fortified programs call, only checks a number and waits for nothing, so it is left
// alone.
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_look.h"
#include "gv_sets.h"
#include "gv_turn.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/select.h>

static const struct timespec at_once;

typedef struct {
    gv_sets sets;
    const sigset_t *mask;
} gv_selected;

// The caller's sets change only where a real call changes them: by its answer, not by an error.
static int look(void *context) {
    gv_selected *selected = context;
    gv_sets *sets = &selected->sets;
    void *found[3];
    for (int which = 0; which < 3; which++) found[which] = gv_sets_fresh(sets, which);
    int count;
    if (selected->mask) {
        count = gv_libc.pselect(sets->count, found[0], found[1], found[2], &at_once, selected->mask);
    } else {
        struct timeval none = {0};
        count = gv_libc.select(sets->count, found[0], found[1], found[2], &none);
    }
    if (count > 0) gv_sets_give(sets);
    return count;
}

static int select_on(gv_selected *selected, gv_patience patience, int before) {
    gv_watch watch = {.look = look, .context = selected, .mask = selected->mask};
    struct pollfd *entries = gv_sets_entries(&selected->sets, &watch.count);
    if (!entries) {
        errno = ENOMEM;
        return -1;
    }
    watch.entries = entries;
    int found = gv_watch_on(&watch, patience, before);
    free(entries);
    return found;
}

// `limit` is in nanoseconds; `patience` is what is left of it, for those who want to know.
static int select_within(int count, void *const own[3], uint64_t limit, const sigset_t *mask, gv_patience *patience) {
    gv_selected selected = {.mask = mask};
    if (!gv_sets_take(&selected.sets, count, own)) {
        errno = ENOMEM;
        return -1;
    }
    int before = errno;
    int found = look(&selected);
    if (found == 0 && limit != 0) {
        *patience = gv_patience_of(limit);
        found = select_on(&selected, *patience, before);
    }
    if (found == 0) gv_sets_give(&selected.sets);
    gv_sets_drop(&selected.sets);
    return found;
}

int gv_call_select(int count, void *readable, void *writable, void *exceptional, struct timeval *timeout) {
    if (!gv_turn_begin() || count < 0 || (timeout && (timeout->tv_sec < 0 || timeout->tv_usec < 0)))
        return gv_libc.select(count, readable, writable, exceptional, timeout);
    uint64_t limit = timeout ? gv_from_timeval(timeout) : GV_FOREVER;
    gv_patience patience = {0};
    int found = select_within(count, (void *[]){readable, writable, exceptional}, limit, 0, &patience);
    // What is left is told, as Linux does. Without a wait that is all of it.
    if (timeout && patience.deadline != 0 && patience.deadline != GV_FOREVER) {
        uint64_t left = gv_patience_left(&patience) / 1000;
        *timeout = (struct timeval){.tv_sec = (time_t)(left / 1000000), .tv_usec = (suseconds_t)(left % 1000000)};
    }
    return found;
}

int gv_call_pselect(int count, void *readable, void *writable, void *exceptional, const struct timespec *timeout,
                    const sigset_t *mask) {
    if (!gv_turn_begin() || count < 0 || (timeout && !gv_is_valid_timespec(timeout)))
        return gv_libc.pselect(count, readable, writable, exceptional, timeout, mask);
    uint64_t limit = timeout ? gv_from_timespec(timeout) : GV_FOREVER;
    gv_patience patience = {0};
    return select_within(count, (void *[]){readable, writable, exceptional}, limit, mask, &patience);
}

GV_STAND_IN(GV_AREA_SELECT, select, gv_call_select);
GV_STAND_IN(GV_AREA_SELECT, __select, gv_call_select);
GV_STAND_IN(GV_AREA_SELECT, pselect, gv_call_pselect);
