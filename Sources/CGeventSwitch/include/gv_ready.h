// SPDX-License-Identifier: Apache-2.0
// The ready queue: strictly first in, first out; touched by the hub's own thread only.
#ifndef GV_READY_H
#define GV_READY_H

#include "gv_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The hub of this thread, NULL if it has none.
///
/// Greenlets never change thread, so the address may be kept across a switch.
extern __thread gv_hub *gv_this_hub __attribute__((tls_model("initial-exec")));

/// The hub of this thread, NULL if it has none.
static inline __attribute__((always_inline)) gv_hub *gv_hub_here(void) { return gv_this_hub; }

/// Makes a hub for this thread. Defined in `GeventCore/Hub`, which stands above whoever calls it.
gv_hub *gv_hub_make(void) __attribute__((returns_nonnull));

/// Makes `hub` the hub of this thread, whose end it will be told of; NULL ends that.
void gv_hub_set_here(gv_hub *hub);

/// The hub has closed: frees its record now, or with the last of its greenlets.
void gv_hub_retire(gv_hub *hub);

/// Whether this thread works for hubs (the offload pool): what it hands over does not make a hub a shared one.
extern __thread bool gv_is_helper __attribute__((tls_model("initial-exec")));

/// Says that this thread works for hubs.
static inline void gv_become_helper(void) { gv_is_helper = true; }

/// Notes, on any thread, that others may wake somebody in the hub.
static inline void gv_hub_share(gv_hub *hub) {
    if (!__atomic_load_n(&hub->is_shared, __ATOMIC_RELAXED)) __atomic_store_n(&hub->is_shared, 1, __ATOMIC_RELAXED);
}

/// Whether others may wake somebody in the hub.
static inline bool gv_hub_is_shared(const gv_hub *hub) { return __atomic_load_n(&hub->is_shared, __ATOMIC_RELAXED) != 0; }

/// Puts `entry` at the end of the queue.
static inline __attribute__((always_inline)) void gv_ready_push(gv_hub *hub, gv_ready *entry) {
    entry->next = 0;
    if (hub->ready_head) hub->ready_tail->next = entry;
    else hub->ready_head = entry;
    hub->ready_tail = entry;
}

/// Takes the entry at the front; the queue must not be empty.
static inline __attribute__((always_inline)) gv_ready *gv_ready_pop(gv_hub *hub) {
    gv_ready *entry = hub->ready_head;
    hub->ready_head = entry->next;
    return entry;
}

/// Has the processor fetch what `entry`, the next in the queue, and the one after it will be resumed from.
///
/// Among many greenlets each is out of the caches when its turn comes: its record, and the top of its stack, where its
/// registers and its innermost frames are. They come while the greenlet before them runs.
static inline __attribute__((always_inline)) void gv_ready_prefetch(const gv_ready *entry) {
    if (__builtin_expect(!entry || !entry->next, 1)) return;
    __builtin_prefetch(entry->next);
    const char *stack = ((const gv_greenlet *)entry)->sp;
    if (!stack) return;
    for (int offset = 0; offset < 640; offset += 64) __builtin_prefetch(stack + offset);
    __builtin_prefetch((const char *)entry + 64);
    __builtin_prefetch((const char *)entry + 128);
}

/// Hands `entry` to a hub of another thread, and wakes that hub.
void gv_remote_push(gv_hub *hub, gv_ready *entry);

/// The same for a caller whom the end of the hub waits for by other means.
void gv_remote_push_entered(gv_hub *hub, gv_ready *entry);

/// Moves what other threads have handed over to the ready queue, in the order it came.
/// Returns whether there was anything.
bool gv_remote_take(gv_hub *hub);

/// Watches for what other threads hand over, for so many nanoseconds; returns whether there is something.
bool gv_remote_watch(gv_hub *hub, uint64_t nanoseconds);

/// Waits until no other thread is about to wake the hub, which then may close.
void gv_remote_await_pushers(gv_hub *hub);

/// Makes a parked greenlet ready, from any thread. The caller has claimed its waiter.
static inline __attribute__((always_inline)) void gv_wake(gv_greenlet *greenlet) {
    gv_hub *hub = greenlet->hub;
    if (__builtin_expect(hub == gv_this_hub, 1)) gv_ready_push(hub, &greenlet->ready);
    else gv_remote_push(hub, &greenlet->ready);
}

#ifdef __cplusplus
}
#endif
#endif
