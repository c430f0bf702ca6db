// SPDX-License-Identifier: Apache-2.0
// A futex for greenlets: waiting for the word at an address, and waking whoever does.
//
// The object of the C library stays the truth, for it may have users that are native threads: a waiter tries its real
// try-call, and waits in a line that is found by the object's address; whoever releases the real object looks there.
#ifndef GV_THREAD_LINE_H
#define GV_THREAD_LINE_H

#include "../gv_stand_in.h"
#include "../include/gv_thread_hooks.h"
#include <gv_wait.h>

/// Set in a forked child.
extern bool gv_thread_is_child __attribute__((visibility("hidden")));

/// As `gv_may_park`, and also while the process exits: who joins its threads then waits for greenlets.
static inline __attribute__((always_inline)) bool gv_thread_may_park(void) {
    gv_hub *hub = gv_this_hub;
    return __builtin_expect(hub != 0, 1) && hub->current != &hub->loop && !gv_thread_is_child && gv_signal_depth == 0;
}

/// Those who wait for the objects whose addresses fall here.
typedef struct gv_thread_line {
    gv_wait_queue queue;
    /// Those who are in the line, or about to be: a releaser who reads 0 here need not look.
    uint32_t announced;
} __attribute__((aligned(64))) gv_thread_line;

enum { GV_THREAD_LINES = 512, GV_EVERYBODY = INT32_MAX };

extern gv_thread_line gv_thread_lines[GV_THREAD_LINES] __attribute__((visibility("hidden")));

/// The line for an address.
static inline __attribute__((always_inline)) gv_thread_line *gv_thread_line_of(const void *object) {
    return &gv_thread_lines[((uintptr_t)object * 0x9e3779b97f4a7c15u) >> 55];
}

/// One wait, and what is tried before it.
typedef struct gv_thread_try {
    gv_thread_wait wait;     // first, so that its address is that of the whole
    /// The real object's try-call: EBUSY means to wait, all else is the answer. Must not wait or wake.
    int (*attempt)(struct gv_thread_try *);
    void *context;
    int answer;
    /// Whether the release may be seen by nobody: a native thread in code that is not patched, or another process.
    bool looks_again;
    bool is_cancel_point;    // whether pthread_cancel ends the wait, with ECANCELED
    bool was_woken;          // and found that somebody else had been faster
} gv_thread_try;

/// Tries until the answer is another than EBUSY; ETIMEDOUT when the time is up, ECANCELED if a kill or timeout is
/// heard.
int gv_thread_await(gv_thread_try *trial, uint64_t timeout);

/// Stands in the line of `object` until woken, or cancelled. `begin` is called once the waiter is seen.
uint32_t gv_thread_stand(
    const void *object, const char *what, uint64_t timeout, void (*begin)(void *context), void *context);

/// Wakes up to `count` waiters; whether one of them has come too late before.
bool gv_thread_wake_slowly(const void *object, int count);

/// Wakes up to `count` waiters of an object that was released just now; whether the caller should let them run now.
static inline __attribute__((always_inline)) bool gv_thread_wake(const void *object, int count) {
    // A waiter announces itself and then looks at the object; this has written the object and looks who waits.
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    uint32_t announced = __atomic_load_n(&gv_thread_line_of(object)->announced, __ATOMIC_RELAXED);
    if (__builtin_expect(announced == 0, 1)) return false;
    return gv_thread_wake_slowly(object, count);
}

/// The time that is left until `time` of a clock, in nanoseconds, for gv_thread_await.
uint64_t gv_thread_time_left(clockid_t clock, const struct timespec *time);

/// Whether `time` is one, as all timed calls demand.
static inline bool gv_is_time(const struct timespec *time) { return time->tv_nsec >= 0 && time->tv_nsec < 1000000000; }

/// Whether a call may wait by `clock`.
static inline bool gv_is_wait_clock(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC; }

#endif
