// SPDX-License-Identifier: Apache-2.0
// What poll, select and epoll_wait have in common: look, wait until a look may find something, look again.
#ifndef GV_LOOK_H
#define GV_LOOK_H

#include "gv_patience.h"

/// Looks without waiting: how many, or -1 and `errno`. It leaves the caller's memory as a real call leaves it.
typedef int (*gv_look)(void *context);

/// What the wait between two looks is about.
typedef struct gv_watch {
    gv_look look;
    void *context;
    const struct pollfd *entries;
    size_t count;
    /// While the real call waits, the thread has this mask, NULL for none.
    ///
    /// A look has it too. The wait has not, since others run meanwhile: a signal that only this mask lets through is
    /// waited for as a descriptor (signalfd(2)), and is handled at the look that follows, which then fails with EINTR.
    /// A signal that only this mask holds back may be handled meanwhile.
    const sigset_t *mask;
} gv_watch;

/// Goes on after a look that found nothing. What the last look answered; -1 and ECANCELED if the greenlet was struck.
int gv_watch_on(const gv_watch *watch, gv_patience patience, int before);

#endif
