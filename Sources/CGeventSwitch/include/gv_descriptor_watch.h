// SPDX-License-Identifier: Apache-2.0
// What a hub knows of a descriptor that is watched.
#ifndef GV_DESCRIPTOR_WATCH_H
#define GV_DESCRIPTOR_WATCH_H

#include "gv_wait.h"
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A record with one reference, alone in its line of the cache.
static inline __attribute__((returns_nonnull)) gv_descriptor_watch *gv_descriptor_watch_make(void *on_event) {
    _Static_assert(sizeof(gv_descriptor_watch) == 64, "one line of the cache");
    gv_descriptor_watch *watch = (gv_descriptor_watch *)aligned_alloc(64, sizeof *watch);
    if (!watch) abort();
    memset(watch, 0, sizeof *watch);
    watch->references = 1;
    watch->on_event = on_event;
    return watch;
}

/// Adds a reference, on the hub's thread.
static inline void gv_descriptor_watch_retain(gv_descriptor_watch *watch) {
    __atomic_add_fetch(&watch->references, 1, __ATOMIC_RELAXED);
}

/// Takes a reference back, on whatever thread; true for the last, whose owner then frees the record.
static inline bool gv_descriptor_watch_release(gv_descriptor_watch *watch) {
    return __atomic_sub_fetch(&watch->references, 1, __ATOMIC_ACQ_REL) == 0;
}

/// Gives the memory of a record back.
static inline void gv_descriptor_watch_free(gv_descriptor_watch *watch) { free(watch); }

/// Those who wait to read.
static inline __attribute__((always_inline, returns_nonnull)) gv_wait_queue *gv_descriptor_readers(gv_descriptor_watch *watch) {
    return &watch->readers;
}

/// Those who wait to write.
static inline __attribute__((always_inline, returns_nonnull)) gv_wait_queue *gv_descriptor_writers(gv_descriptor_watch *watch) {
    return &watch->writers;
}

/// Takes a note that an event came.
static inline __attribute__((always_inline)) bool gv_descriptor_take(bool *note) {
    bool was_set = *note;
    *note = false;
    return was_set;
}

/// Wakes who waits in a line. Nobody can join it meanwhile, so that an empty one needs no lock.
static inline __attribute__((always_inline)) void gv_descriptor_wake(gv_wait_queue *line) {
    if (!line->head) return;
    gv_line_lock(line);
    gv_wait_wake_all(line);
    gv_line_unlock(line);
}

#ifdef __cplusplus
}
#endif
#endif
