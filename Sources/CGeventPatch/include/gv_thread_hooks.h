// SPDX-License-Identifier: Apache-2.0
// What the stand-ins for threads ask of the scheduler above them.
//
// GeventMonkey sets them before the area is patched. As with gv_hooks.h, none of them may throw or jump.
#ifndef GV_THREAD_HOOKS_H
#define GV_THREAD_HOOKS_H

#include <gv_types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gv_thread_wait gv_thread_wait;

/// One wait of the running greenlet, for whatever `publish` makes known.
struct gv_thread_wait {
    const char *what;        // for reports
    const void *object;      // the same
    uint64_t timeout;        // in nanoseconds from now, or GV_FOREVER
    bool hears;              // whether a kill or a timeout ends it; else they strike at the greenlet's next wait
    /// Shows `waiter` to those who may wake it, by a claim and `gv_wake`; false if there is nothing to wait for after all.
    bool (*publish)(gv_thread_wait *wait, gv_waiter *waiter);
    /// Takes it back after the wait, whoever ended that.
    void (*retract)(gv_thread_wait *wait, gv_waiter *waiter);
};

typedef struct gv_thread_hooks {
    /// Makes a greenlet of this hub that calls `run(context)` when its turn comes, on a stack of at least so many bytes; one
    /// that is killed before calls `drop(context)` instead.
    void (*spawn)(size_t stack_size, void (*run)(void *context), void (*drop)(void *context), void *context);

    /// GV_WOKEN; GV_TIMED_OUT; GV_INTERRUPTED, and what strikes stays due; GV_WAITING if `publish` said no.
    uint32_t (*park)(gv_thread_wait *wait);

    /// Has `end(context)` called on this thread when the running greenlet, which no call here has made, has ended.
    void (*keep)(void (*end)(void *context), void *context);

    /// Names a greenlet of this hub in reports.
    void (*rename)(gv_greenlet *greenlet, const char *name);
} gv_thread_hooks;

extern gv_thread_hooks gv_patch_thread_hooks;

/// Sets them, once, after gv_hooks_set.
void gv_thread_hooks_set(const gv_thread_hooks *hooks);

/// From now on a `pthread_create` of the process's first thread makes a hub for it by `make`, as under `gevent run`.
void gv_threads_make_hub(void (*make)(void));

#endif
