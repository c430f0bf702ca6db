// SPDX-License-Identifier: Apache-2.0
// What a hub knows of a descriptor that is watched. Only the hub's own thread touches it.
#ifndef GV_DESCRIPTOR_WATCH_H
#define GV_DESCRIPTOR_WATCH_H

#include "gv_wait.h"

#ifdef __cplusplus
extern "C" {
#endif

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
