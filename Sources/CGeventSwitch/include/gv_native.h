// SPDX-License-Identifier: Apache-2.0
// Waiting on a thread that has no hub: the record of a hub that runs nothing, and whose park blocks the thread. Wakers
// hand over to it as to any other hub, and know no difference.
#ifndef GV_NATIVE_H
#define GV_NATIVE_H

#include "gv_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The record by which this thread waits, made by the first use and freed with the thread.
gv_hub *gv_native_hub(void) __attribute__((returns_nonnull));

/// Whether `hub` is such a record.
static inline __attribute__((always_inline)) bool gv_is_native(const gv_hub *hub) {
    return (hub->attention & GV_ATTEND_NATIVE) != 0;
}

/// Blocks the thread until its greenlet has been handed over to `hub`.
void gv_native_park(gv_hub *hub);

/// The same, until `deadline` on the monotonic clock at most; then it claims `waiter` as timed out.
void gv_native_park_until(gv_hub *hub, gv_waiter *waiter, uint64_t deadline);

#ifdef __cplusplus
}
#endif
#endif
