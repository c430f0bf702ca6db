// SPDX-License-Identifier: Apache-2.0
// Waits for one child, by a pidfd.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_child_wait.h"
#include "gv_own_descriptor.h"
#include <errno.h>
#include <gv_lock.h>
#include <sys/syscall.h>
#include <unistd.h>

// A number of the system call itself: older C libraries have no name for the call.
enum { PIDFD_OPEN = 434 };

static uint32_t waits_lock;
static gv_child_wait *waits;  // those by P_PID

void gv_child_wait_begin(gv_child_wait *wait, idtype_t kind, id_t number, int options) {
    *wait = (gv_child_wait){.kind = kind, .number = number, .options = options};
    if (kind != P_PID) {
        wait->pidfd = (int)number;
        return;
    }
    wait->pidfd = (int)syscall(PIDFD_OPEN, (pid_t)number, 0);
    gv_lock(&waits_lock);
    wait->next = waits;
    waits = wait;
    gv_unlock(&waits_lock);
}

void gv_child_wait_end(gv_child_wait *wait) {
    if (wait->kind != P_PID) return;
    gv_lock(&waits_lock);
    for (gv_child_wait **link = &waits; *link; link = &(*link)->next)
        if (*link == wait) {
            *link = wait->next;
            break;
        }
    gv_unlock(&waits_lock);
    gv_close_own(wait->pidfd);
}

bool gv_child_is_awaited(pid_t pid) {
    gv_lock(&waits_lock);
    gv_child_wait *wait = waits;
    while (wait && wait->number != (id_t)pid) wait = wait->next;
    gv_unlock(&waits_lock);
    return wait != 0;
}

// A pidfd tells of the end of a process, and not of a stop, nor of what a debugger sees: for those we look now and
// then.
enum { LOOK_AGAIN_AFTER = 50000000, MORE_THAN_ENDS = WSTOPPED | WCONTINUED | __WALL | __WCLONE };

long gv_child_wait_once(gv_child_wait *wait) {
    if (wait->pidfd >= 0) {
        struct pollfd entry = {.fd = wait->pidfd, .events = POLLIN};
        uint64_t limit = wait->options & MORE_THAN_ENDS ? LOOK_AGAIN_AFTER : GV_FOREVER;
        long outcome = gv_patch_hooks.wait(&entry, 1, limit);
        if (outcome >= 0 || outcome == -ECANCELED) return outcome < 0 ? outcome : 0;
    }
    // No pidfd: an old kernel, too many descriptors, or a number that is no descriptor any more, which the call will
    // say.
    if (wait->kind == P_PID) return gv_child_watch(P_PID, wait->number, wait->options);
    return gv_patch_hooks.sleep(LOOK_AGAIN_AFTER);
}
