// SPDX-License-Identifier: Apache-2.0
// pause and sigsuspend: they wait until a handler has run on their thread.
//
// The mask of sigsuspend belongs to the thread, and must not stay while others run. So it is set for a moment, in which
// what is pending is delivered, and again after a pause.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_back_off.h"
#include "gv_handlers.h"
#include "gv_own_descriptor.h"
#include "gv_real.h"
#include "gv_signal_calls.h"
#include <errno.h>
#include <sys/eventfd.h>

static void deliver_pending(const sigset_t *mask) {
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, mask, &before);
    pthread_sigmask(SIG_SETMASK, &before, 0);
}

// EINTR, or ECANCELED.
static int wait_for_handler(gv_handler_waiter *waiter, const sigset_t *mask) {
    struct pollfd entry = {.fd = waiter->event, .events = POLLIN};
    gv_back_off back_off = {0};
    for (;;) {
        if (mask) deliver_pending(mask);
        if (waiter->has_run) return EINTR;
        long outcome;
        if (waiter->event < 0) outcome = gv_back_off_wait(&back_off);
        else outcome = gv_patch_hooks.wait(&entry, 1, mask ? gv_back_off_next(&back_off) : GV_FOREVER);
        if (outcome == -ECANCELED) return ECANCELED;
    }
}

static int pause_with(const sigset_t *mask) {
    gv_handlers_adopt();
    gv_handler_waiter waiter = {.event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    gv_handler_waiter_add(&waiter);
    int error = wait_for_handler(&waiter, mask);
    gv_handler_waiter_remove(&waiter);
    gv_close_own(waiter.event);
    errno = error;
    return -1;
}

int gv_call_pause(void) {
    if (!gv_may_park()) return gv_real.pause();
    return pause_with(0);
}

int gv_call_sigsuspend(const sigset_t *mask) {
    if (!gv_may_park() || !mask) return gv_real.sigsuspend(mask);
    return pause_with(mask);
}

GV_STAND_IN(GV_AREA_SIGNAL, pause, gv_call_pause);
GV_STAND_IN(GV_AREA_SIGNAL, sigsuspend, gv_call_sigsuspend);
GV_STAND_IN(GV_AREA_SIGNAL, __sigsuspend, gv_call_sigsuspend);
