// SPDX-License-Identifier: Apache-2.0
// epoll_wait(2) and its kin, on a list of the library's own, which is a descriptor that can be waited for.
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_look.h"
#include "gv_turn.h"
#include <errno.h>

// Since glibc 2.35. It is called by way of a word that a patch passes over, as those of gv_libc.
extern int epoll_pwait2(int, struct epoll_event *, int, const struct timespec *, const sigset_t *)
    __attribute__((weak));

static __typeof__(&epoll_pwait2) volatile const real_epoll_pwait2
    __attribute__((section("gv_libc_table"), used)) = epoll_pwait2;

static const struct timespec at_once;

typedef struct {
    int fd;
    int room;
    struct epoll_event *events;
    const sigset_t *mask;
} gv_epolled;

static int look(void *context) {
    const gv_epolled *epolled = context;
    int found = gv_libc.epoll_wait(epolled->fd, epolled->events, epolled->room, 0);
    // epoll_pwait without time handles no signal that its mask lets through; ppoll does.
    if (found != 0 || !epolled->mask) return found;
    return gv_libc.ppoll(0, 0, &at_once, epolled->mask);
}

static int epoll_within(gv_epolled epolled, uint64_t limit) {
    int before = errno;
    int found = look(&epolled);
    if (__builtin_expect(found != 0 || limit == 0, 1)) return found;
    struct pollfd entry = {.fd = epolled.fd, .events = POLLIN};
    gv_watch watch = {look, &epolled, &entry, 1, epolled.mask};
    return gv_watch_on(&watch, gv_patience_of(limit), before);
}

int gv_call_epoll_wait(int fd, struct epoll_event *events, int room, int timeout) {
    if (!gv_turn_begin()) return gv_libc.epoll_wait(fd, events, room, timeout);
    return epoll_within((gv_epolled){fd, room, events, 0}, gv_from_milliseconds(timeout));
}

int gv_call_epoll_pwait(int fd, struct epoll_event *events, int room, int timeout, const sigset_t *mask) {
    if (!gv_turn_begin()) return gv_libc.epoll_pwait(fd, events, room, timeout, mask);
    return epoll_within((gv_epolled){fd, room, events, mask}, gv_from_milliseconds(timeout));
}

int gv_call_epoll_pwait2(
    int fd, struct epoll_event *events, int room, const struct timespec *timeout, const sigset_t *mask) {
    if (!gv_turn_begin() || (timeout && !gv_is_valid_timespec(timeout)))
        return real_epoll_pwait2(fd, events, room, timeout, mask);
    return epoll_within((gv_epolled){fd, room, events, mask}, timeout ? gv_from_timespec(timeout) : GV_FOREVER);
}

GV_STAND_IN(GV_AREA_SELECT, epoll_wait, gv_call_epoll_wait);
GV_STAND_IN(GV_AREA_SELECT, epoll_pwait, gv_call_epoll_pwait);
GV_STAND_IN(GV_AREA_SELECT, epoll_pwait2, gv_call_epoll_pwait2);
