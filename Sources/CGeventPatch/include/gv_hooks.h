// SPDX-License-Identifier: Apache-2.0
// What the stand-ins ask of the scheduler above them: all ways in which a patched call gives way to others.
//
// GeventMonkey sets them before the first patch. Each runs on the greenlet that made the call, between frames of C, so none
// of them may throw or jump: a kill or a timeout that strikes meanwhile comes back as -ECANCELED, stays due, and is thrown
// at the greenlet's next wait in Swift. While it is due, every further wait answers -ECANCELED at once.
#ifndef GV_HOOKS_H
#define GV_HOOKS_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

/// No time limit.
#define GV_FOREVER UINT64_MAX

/// The pools of threads for what has no readiness to wait for.
enum { GV_POOL_FILES = 0, GV_POOL_NAMES = 1, GV_POOL_CHILDREN = 2 };

typedef struct gv_hooks {
    /// The hub's clock, in nanoseconds: what time limits are counted by. A test may have it stand still.
    uint64_t (*now)(void);

    /// Waits until one of `count` entries may be ready, as poll(2) means it; negative numbers are passed over.
    ///
    /// 1: look again; 0: the time is up; -ECANCELED; -EBADF: another greenlet has closed one of them; other negative error
    /// numbers of epoll_ctl(2). `timeout` in nanoseconds from now, or GV_FOREVER. `revents` is left alone.
    long (*wait)(const struct pollfd *entries, size_t count, uint64_t timeout);

    /// Sleeps, and lets everybody else run first also for 0. 0 or -ECANCELED.
    long (*sleep)(uint64_t timeout);

    /// Runs `job(context)` on a thread of a pool while others run. It is waited for to its end, whatever strikes, since
    /// `context` lies on the caller's stack.
    void (*offload)(uint32_t pool, void (*job)(void *context), void *context);

    /// The same, for what can be left to itself: 0 when the job has run and `context` is the caller's again; -ECANCELED
    /// when it was given up, and `drop(context)` is called after the job, on its thread, or at once if it has not begun.
    long (*offload_owned)(uint32_t pool, void (*job)(void *context), void (*drop)(void *context), void *context);

    /// A number is about to be closed, or replaced (dup2): whoever waits for it in any hub gets -EBADF. From any thread.
    void (*closing)(int fd);
} gv_hooks;

/// Those that were set; before that they must not be called.
extern gv_hooks gv_patch_hooks;

/// Sets them, before the first call is replaced.
void gv_hooks_set(const gv_hooks *hooks);

#endif
