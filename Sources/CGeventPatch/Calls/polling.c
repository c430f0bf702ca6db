// SPDX-License-Identifier: Apache-2.0
// poll(2) and ppoll(2).
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_look.h"
#include "gv_turn.h"
#include <errno.h>

static const struct timespec at_once;

typedef struct {
    struct pollfd *entries;
    nfds_t count;
    const sigset_t *mask;
} gv_polled;

static int look(void *context) {
    const gv_polled *polled = context;
    if (!polled->mask) return gv_libc.poll(polled->entries, polled->count, 0);
    return gv_libc.ppoll(polled->entries, polled->count, &at_once, polled->mask);
}

static int poll_on(gv_polled *polled, uint64_t timeout, int before) {
    gv_watch watch = {look, polled, polled->entries, polled->count, polled->mask};
    return gv_watch_on(&watch, gv_patience_of(timeout), before);
}

int gv_call_poll(struct pollfd *entries, nfds_t count, int timeout) {
    if (!gv_turn_begin()) return gv_libc.poll(entries, count, timeout);
    int found = gv_libc.poll(entries, count, 0);
    if (__builtin_expect(found != 0 || timeout == 0, 1)) return found;
    gv_polled polled = {entries, count, 0};
    return poll_on(&polled, gv_from_milliseconds(timeout), errno);
}

int gv_call_ppoll(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
    if (!gv_turn_begin() || (timeout && !gv_is_valid_timespec(timeout)))
        return gv_libc.ppoll(entries, count, timeout, mask);
    gv_polled polled = {entries, count, mask};
    int found = look(&polled);
    uint64_t limit = timeout ? gv_from_timespec(timeout) : GV_FOREVER;
    if (found != 0 || limit == 0) return found;
    return poll_on(&polled, limit, errno);
}

GV_STAND_IN(GV_AREA_SELECT, poll, gv_call_poll);
GV_STAND_IN(GV_AREA_SELECT, __poll, gv_call_poll);
GV_STAND_IN(GV_AREA_SELECT, ppoll, gv_call_ppoll);
