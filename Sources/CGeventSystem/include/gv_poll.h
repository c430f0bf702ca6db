// SPDX-License-Identifier: Apache-2.0

#ifndef GV_POLL_H
#define GV_POLL_H

#include "gv_libc.h"
#include "gv_result.h"
#include <poll.h>

// poll(2), which answers -EINTR after a signal.
static inline long gv_poll_wait(struct pollfd *entries, unsigned long count, int milliseconds) {
    return gv_result(gv_libc.poll(entries, count, milliseconds));
}

// poll(2) that only looks.
static inline long gv_poll_look(struct pollfd *entries, unsigned long count) {
    return gv_result(gv_libc.poll(entries, count, 0));
}

#endif
