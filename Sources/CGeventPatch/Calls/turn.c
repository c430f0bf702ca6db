// SPDX-License-Identifier: Apache-2.0
#include "gv_turn.h"
#include "../include/gv_dispatch.h"
#include <errno.h>
#include <gv_park.h>

__thread uint32_t gv_turn_calls __attribute__((tls_model("initial-exec")));

__attribute__((noinline, cold)) void gv_turn_end(void) {
    int before = errno;
    gv_dispatch_place place = gv_dispatch_leave();
    gv_yield();
    gv_dispatch_return(place);
    errno = before;
}
