// SPDX-License-Identifier: Apache-2.0
// Waits without a time limit, down to the switch in the caller's own frame: each frame between a
// wait and the switch is one more return that the processor predicts wrongly.
#ifndef GV_PARK_H
#define GV_PARK_H

#include "gv_native.h"
#include "gv_switch.h"
#include "gv_wait.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Parks the running greenlet in `queue`, whose `lock` the caller holds and which this gives back.
///
/// Returns `GV_WOKEN` or `GV_INTERRUPTED`; then the caller throws what is due. Only `GeventCore/Waiting`
/// and the primitives' slow paths call it.
static inline __attribute__((always_inline)) uint32_t gv_wait_park(
    gv_hub *hub, gv_wait_queue *queue, uint32_t *lock, const void *object, const char *what, void *slot, uint32_t tag) {
    gv_greenlet *here = hub->current;
    if (__builtin_expect(here->ready.flags & GV_IS_INTERRUPTED, 0)) {
        gv_unlock(lock);
        return GV_INTERRUPTED;
    }
    gv_waiter *waiter = gv_wait_begin(here, object, what, slot, tag);
    gv_wait_append(queue, waiter);
    gv_unlock(lock);
    gv_park(hub);
    here->waiter = 0;
    uint32_t state = gv_waiter_state(waiter);
    if (__builtin_expect(state != GV_WOKEN, 0)) {
        gv_lock(lock);
        if (waiter->queue) gv_wait_remove(queue, waiter);
        gv_unlock(lock);
    }
    return state;
}

/// Whether whoever runs here may wait: false in a callback of the hub.
static inline __attribute__((always_inline)) bool gv_may_wait(void) {
    gv_hub *hub = gv_this_hub;
    return !hub || hub->current != &hub->loop;
}

/// The hub to wait in: that of this thread, or the record by which a thread without one waits.
static inline __attribute__((always_inline, returns_nonnull)) gv_hub *gv_waiting_hub(void) {
    gv_hub *hub = gv_this_hub;
    return __builtin_expect(hub != 0, 1) ? hub : gv_native_hub();
}

/// Lets whoever is ready run first. Strikes nobody; does nothing in a callback of the hub.
static inline __attribute__((always_inline)) void gv_yield(void) {
    gv_hub *hub = gv_this_hub;
    if (!hub || hub->current == &hub->loop) return;
    gv_ready_push(hub, &hub->current->ready);
    gv_park(hub);
}

#ifdef __cplusplus
}
#endif
#endif
