// SPDX-License-Identifier: Apache-2.0
// The memory of greenlets' records: each hub keeps some for its next greenlets.
#ifndef GV_NODE_H
#define GV_NODE_H

#include "gv_ready.h"
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { GV_MOST_SPARE_NODES = 4096 };

/// A record for a greenlet of `hub`, empty but for that. Its wait is made by the first one.
static inline __attribute__((always_inline, returns_nonnull)) gv_greenlet *gv_node_take(gv_hub *hub) {
    gv_greenlet *node = hub->spare_nodes;
    if (__builtin_expect(node != 0, 1)) {
        hub->spare_nodes = node->live_next;
        hub->spare_count--;
    } else {
        node = (gv_greenlet *)malloc(sizeof *node);
        if (!node) abort();
    }
    memset(node, 0, offsetof(gv_greenlet, wait));
    node->hub = hub;
    hub->nodes++;
    return node;
}

/// Takes a record back on a thread that is not its hub's, or after its hub has closed.
void gv_node_give_elsewhere(gv_greenlet *node);

/// Takes a record back, on whatever thread.
static inline __attribute__((always_inline)) void gv_node_give(gv_greenlet *node) {
    gv_hub *hub = node->hub;
    if (__builtin_expect(hub != gv_this_hub, 0)) {
        gv_node_give_elsewhere(node);
        return;
    }
    hub->nodes--;
    if (hub->spare_count < GV_MOST_SPARE_NODES) {
        node->live_next = hub->spare_nodes;
        hub->spare_nodes = node;
        hub->spare_count++;
    } else {
        free(node);
    }
}

/// The `GV_IS_…` and `GV_WAS_…` bits of a greenlet, on any thread; with the last, what was written before it.
static inline __attribute__((always_inline)) uint32_t gv_flags(const gv_greenlet *node) {
    return __atomic_load_n(&node->ready.flags, __ATOMIC_ACQUIRE);
}

/// Sets bits of a greenlet, on the thread of its hub: nobody else writes them, so no locked instruction is needed.
static inline __attribute__((always_inline)) void gv_flags_raise(gv_greenlet *node, uint32_t bits) {
    __atomic_store_n(&node->ready.flags, node->ready.flags | bits, __ATOMIC_RELEASE);
}

/// Clears bits of a greenlet, on the thread of its hub.
static inline __attribute__((always_inline)) void gv_flags_lower(gv_greenlet *node, uint32_t bits) {
    __atomic_store_n(&node->ready.flags, node->ready.flags & ~bits, __ATOMIC_RELEASE);
}

/// Notes, on any thread, that somebody has seen the greenlet's error.
static inline __attribute__((always_inline)) void gv_observe(gv_greenlet *node) {
    __atomic_store_n(&node->is_observed, 1, __ATOMIC_RELAXED);
}

/// Whether somebody has seen the greenlet's error.
static inline __attribute__((always_inline)) bool gv_is_observed(const gv_greenlet *node) {
    return __atomic_load_n(&node->is_observed, __ATOMIC_RELAXED) != 0;
}

/// Whether `node` is the hub's own, which runs callbacks and polls.
static inline __attribute__((always_inline)) bool gv_is_loop(const gv_greenlet *node, const gv_hub *hub) {
    return node == &hub->loop;
}

/// The greenlet that is running; the hub's own in a callback.
static inline __attribute__((always_inline, returns_nonnull)) gv_greenlet *gv_current(const gv_hub *hub) { return hub->current; }

/// The hub that a greenlet belongs to.
static inline __attribute__((always_inline, returns_nonnull)) gv_hub *gv_hub_of(const gv_greenlet *node) { return node->hub; }

/// The line of those who wait for a greenlet's end.
static inline __attribute__((always_inline, returns_nonnull)) gv_wait_queue *gv_joiners(gv_greenlet *node) { return &node->joiners; }

/// The hub's own greenlet.
static inline __attribute__((always_inline, returns_nonnull)) gv_greenlet *gv_hub_loop(gv_hub *hub) { return &hub->loop; }

#ifdef __cplusplus
}
#endif
#endif
