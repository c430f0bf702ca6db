// SPDX-License-Identifier: Apache-2.0
// Which thread-local words of the Swift and C++ runtimes belong to a greenlet, and where they are.
//
// None of these places is documented. They are found by what the runtimes do, once a process, on a
// thread made for it; what cannot be found is not touched, and `Hub.capabilities` says so.
#ifndef GV_ISOLATION_H
#define GV_ISOLATION_H

#include "gv_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What was found, as distances from the thread pointer.
typedef struct gv_places {
    bool has_access;           // the head of the set of open accesses
    bool has_access_calls;     // the runtime's slower calls for the same
    bool can_read_accesses;    // the records in that set are laid out as we know them
    bool has_concurrency;      // task, executor, task-local fallback
    bool has_exceptions;       // C++ exception globals
    intptr_t access;
    intptr_t concurrency;
} gv_places;

/// Looks for the places; runs on a scratch thread of its own. Call once, the answer holds for all threads.
gv_places gv_places_find(void);

/// Turns places into addresses on this thread. What was not found points into `hub->spare`.
void gv_slots_fill(gv_hub *hub, const gv_places *places);

/// Copies of the task-local values that are in force here, as the list a new greenlet starts with.
/// NULL if there are none. The list is freed by `gv_task_locals_drop`.
void *gv_task_locals_inherit(const gv_slots *slots);

/// Frees the task-local values that the running greenlet began with.
void gv_task_locals_drop(const gv_slots *slots);

/// Frees a list made by `gv_task_locals_inherit` whose greenlet never ran.
void gv_task_locals_free(const gv_slots *slots, void *list);

/// An open access as the Swift runtime records it.
typedef struct gv_access {
    const void *address;
    const void *program_counter;
    uintptr_t next_and_kind;   // lowest bit: 1 for a modification
} gv_access;

/// The access opened before `access`, NULL if it was the first.
static inline gv_access *gv_access_next(const gv_access *access) {
    return (gv_access *)(access->next_and_kind & ~(uintptr_t)1);
}

/// Whether the access may change what it is about.
static inline bool gv_access_modifies(const gv_access *access) { return access->next_and_kind & 1; }

#ifdef __cplusplus
}
#endif
#endif
