// SPDX-License-Identifier: Apache-2.0
// Waiters and their queues. Everything here happens under the queue's lock, but for the claim.
#ifndef GV_WAIT_H
#define GV_WAIT_H

#include "gv_lock.h"
#include "gv_ready.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Takes the lock of a line. By the line's address: the lock's own would be a Swift access to it.
static inline __attribute__((always_inline)) void gv_line_lock(gv_wait_queue *line) { gv_lock(&line->lock); }

/// Gives the lock of a line back.
static inline __attribute__((always_inline)) void gv_line_unlock(gv_wait_queue *line) { gv_unlock(&line->lock); }

/// The lock of a line.
static inline __attribute__((always_inline, returns_nonnull)) uint32_t *gv_line_word(gv_wait_queue *line) { return &line->lock; }

/// Takes the lock of a primitive.
static inline __attribute__((always_inline)) void gv_primitive_lock(gv_primitive *primitive) { gv_lock(&primitive->line.lock); }

/// Gives the lock of a primitive back.
static inline __attribute__((always_inline)) void gv_primitive_unlock(gv_primitive *primitive) { gv_unlock(&primitive->line.lock); }

/// Decides how a wait ends; true for the one caller that was first.
static inline __attribute__((always_inline)) bool gv_claim(gv_waiter *waiter, uint32_t outcome) {
    uint32_t expected = GV_WAITING;
    return __atomic_compare_exchange_n(&waiter->state, &expected, outcome, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

/// How the wait has ended, or `GV_WAITING`.
static inline __attribute__((always_inline)) uint32_t gv_waiter_state(const gv_waiter *waiter) {
    return __atomic_load_n(&waiter->state, __ATOMIC_ACQUIRE);
}

/// Begins a wait of `greenlet`, which stands nowhere yet.
///
/// Its record is the greenlet's own: whoever wakes it looks at one place, not also at the stack, which is cold by then.
static inline __attribute__((always_inline, returns_nonnull)) gv_waiter *gv_wait_begin(
    gv_greenlet *greenlet, const void *object, const char *what, void *slot, uint32_t tag) {
    gv_waiter *waiter = &greenlet->wait;
    waiter->state = GV_WAITING;
    waiter->tag = tag;
    waiter->greenlet = greenlet;
    waiter->slot = slot;
    waiter->object = object;
    waiter->what = what;
    greenlet->waiter = waiter;
    return waiter;
}

/// Puts `waiter` at the end of `queue`.
static inline __attribute__((always_inline)) void gv_wait_append(gv_wait_queue *queue, gv_waiter *waiter) {
    waiter->next = 0;
    waiter->previous = queue->tail;
    waiter->queue = queue;
    if (queue->tail) queue->tail->next = waiter;
    else queue->head = waiter;
    queue->tail = waiter;
    queue->count++;
}

/// Takes `waiter` out of `queue`, wherever in it it stands.
static inline __attribute__((always_inline)) void gv_wait_remove(gv_wait_queue *queue, gv_waiter *waiter) {
    if (waiter->previous) waiter->previous->next = waiter->next;
    else queue->head = waiter->next;
    if (waiter->next) waiter->next->previous = waiter->previous;
    else queue->tail = waiter->previous;
    waiter->queue = 0;
    queue->count--;
}

/// Takes the first waiter that can still be woken, claims it, and returns it; NULL if there is none.
///
/// Those that timed out or were interrupted meanwhile are taken out too. The caller fills the
/// waiter's slot, if it uses one, and calls `gv_wake` on its greenlet, before it unlocks.
static inline __attribute__((always_inline)) gv_waiter *gv_wait_claim_first(gv_wait_queue *queue) {
    for (;;) {
        gv_waiter *waiter = queue->head;
        if (!waiter) return 0;
        gv_wait_remove(queue, waiter);
        if (__builtin_expect(gv_claim(waiter, GV_WOKEN), 1)) return waiter;
    }
}

/// The line of a primitive.
static inline __attribute__((always_inline)) gv_wait_queue *gv_line(gv_primitive *primitive) { return &primitive->line; }

/// Notes that a waiter that was woken runs again.
static inline __attribute__((always_inline)) void gv_unnotify(gv_primitive *primitive) {
    gv_lock(&primitive->line.lock);
    primitive->notified--;
    gv_unlock(&primitive->line.lock);
}

/// Wakes every waiter, first to last, and returns how many there were.
uint32_t gv_wait_wake_all(gv_wait_queue *queue);

#ifdef __cplusplus
}
#endif
#endif
