// SPDX-License-Identifier: Apache-2.0
// All open hubs of the process, for who watches them from a thread of its own.
//
// What a hub does is read while it does it: its thread notes nothing for the sake of a watcher.
#ifndef GV_HUBS_H
#define GV_HUBS_H

#include "gv_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a hub was seen at. Two that are alike, one later than the other: it has not switched in between.
typedef struct gv_glance {
    uint64_t hub;            // its number
    uintptr_t current;       // the address of who runs
    int32_t thread;          // the kernel's number of its thread
    int32_t budget;
    uint32_t pulse;
    uint32_t greenlets;      // that have started and not ended, without the main one
    bool is_polling;         // it waits for something to happen
    bool is_loop;            // it runs itself: a callback
    bool is_main;            // its main greenlet runs
} gv_glance;

/// Makes a hub known; on its own thread.
void gv_hubs_add(gv_hub *hub);

/// Takes it out again, before its record goes; on its own thread.
void gv_hubs_remove(gv_hub *hub);

/// Glances at all hubs, on any thread; returns how many there are, which may be more than had room.
size_t gv_hubs_glance(gv_glance *glances, size_t capacity);

/// Glances at one hub once more; false if it has closed.
bool gv_hubs_glance_again(uint64_t number, gv_glance *glance);

/// What to call after each hub that is made, on its thread; NULL for nothing.
void gv_hubs_notify(void (*added)(void));

/// Glances at the hub of this thread, also in a signal handler; false if it has none.
bool gv_hubs_glance_here(gv_glance *glance);

/// Whether nothing was switched between the two.
static inline bool gv_glance_equals(const gv_glance *one, const gv_glance *other) {
    return one->hub == other->hub && one->current == other->current && one->budget == other->budget
        && one->pulse == other->pulse;
}

#ifdef __cplusplus
}
#endif
#endif
