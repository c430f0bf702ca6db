// SPDX-License-Identifier: Apache-2.0

#ifndef GV_POLL_H
#define GV_POLL_H

#include "gv_result.h"
#include <poll.h>

// poll(2) that only looks.
static inline long gv_poll_look(struct pollfd *entries, unsigned long count) {
    return gv_result(poll(entries, count, 0));
}

#endif
