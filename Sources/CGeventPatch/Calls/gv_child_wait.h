// SPDX-License-Identifier: Apache-2.0
// Waits until a child may have something to tell; takes nothing.
#ifndef GV_CHILD_WAIT_H
#define GV_CHILD_WAIT_H

#include <stdbool.h>
#include <sys/types.h>
#include <sys/wait.h>

/// A wait for one child: P_PID, or P_PIDFD and then `number` is the caller's descriptor. Lies on the stack of who
/// waits.
typedef struct gv_child_wait {
    struct gv_child_wait *next;
    idtype_t kind;
    id_t number;
    int options;              // WEXITED and its kin
    int pidfd;                // -1 if there is none
} gv_child_wait;

void gv_child_wait_begin(gv_child_wait *wait, idtype_t kind, id_t number, int options);

/// 0: look again; -ECANCELED.
long gv_child_wait_once(gv_child_wait *wait);

void gv_child_wait_end(gv_child_wait *wait);

/// Whether a greenlet waits for this child and no other.
bool gv_child_is_awaited(pid_t pid);

/// The same as `gv_child_wait_once`, for any of several, by a thread that blocks until one of them changes.
long gv_child_watch(idtype_t kind, id_t number, int options);

#endif
