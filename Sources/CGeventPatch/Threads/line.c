// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <time.h>

gv_thread_hooks gv_patch_thread_hooks;
bool gv_thread_is_child;
gv_thread_line gv_thread_lines[GV_THREAD_LINES];

enum { FIRST_PAUSE = 1000000, LONGEST_PAUSE = 20000000 };

// In the lines `tag` says whether the waiter was woken in vain before.
static void append(gv_thread_line *line, gv_waiter *waiter, const gv_thread_wait *wait, bool was_woken) {
    waiter->object = wait->object;
    waiter->what = wait->what;
    waiter->tag = was_woken;
    gv_wait_append(&line->queue, waiter);
}

static void announce(gv_thread_line *line) {
    __atomic_add_fetch(&line->announced, 1, __ATOMIC_SEQ_CST);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static void renounce(gv_thread_line *line) { __atomic_sub_fetch(&line->announced, 1, __ATOMIC_RELAXED); }

static void retract(gv_thread_wait *wait, gv_waiter *waiter) {
    gv_thread_line *line = gv_thread_line_of(wait->object);
    gv_line_lock(&line->queue);
    if (waiter->queue) gv_wait_remove(&line->queue, waiter);
    gv_line_unlock(&line->queue);
    renounce(line);
}

// Under the lock of the line, which a waker takes: so nobody comes between the last look and the wait.
static bool try_or_stand(gv_thread_wait *wait, gv_waiter *waiter) {
    gv_thread_try *trial = (gv_thread_try *)wait;
    gv_thread_line *line = gv_thread_line_of(wait->object);
    announce(line);
    gv_line_lock(&line->queue);
    trial->answer = trial->attempt(trial);
    bool waits = trial->answer == EBUSY;
    if (waits) append(line, waiter, wait, trial->was_woken);
    gv_line_unlock(&line->queue);
    if (!waits) renounce(line);
    return waits;
}

int gv_thread_await(gv_thread_try *trial, uint64_t timeout) {
    trial->answer = trial->attempt(trial);
    if (trial->answer != EBUSY) return trial->answer;
    uint64_t start = gv_patch_hooks.now(), pause = FIRST_PAUSE;
    trial->wait.publish = try_or_stand;
    trial->wait.retract = retract;
    for (;;) {
        uint64_t left = timeout;
        if (timeout != GV_FOREVER) {
            uint64_t passed = gv_patch_hooks.now() - start;
            if (passed >= timeout) return ETIMEDOUT;
            left = timeout - passed;
        }
        trial->wait.timeout = trial->looks_again && pause < left ? pause : left;
        uint32_t outcome = gv_patch_thread_hooks.park(&trial->wait);
        if (trial->answer != EBUSY) return trial->answer;
        if (outcome == GV_INTERRUPTED && (trial->wait.hears || trial->is_cancel_point)) return ECANCELED;
        if (outcome == GV_WOKEN) trial->was_woken = true;
        else if (pause < LONGEST_PAUSE) pause *= 2;
    }
}

typedef struct {
    gv_thread_wait wait;
    void (*begin)(void *);
    void *context;
} standing;

static bool stand(gv_thread_wait *wait, gv_waiter *waiter) {
    standing *here = (standing *)wait;
    gv_thread_line *line = gv_thread_line_of(wait->object);
    announce(line);
    gv_line_lock(&line->queue);
    append(line, waiter, wait, false);
    gv_line_unlock(&line->queue);
    here->begin(here->context);
    return true;
}

uint32_t gv_thread_stand(
    const void *object, const char *what, uint64_t timeout, void (*begin)(void *), void *context) {
    standing here = {{what, object, timeout, false, stand, retract}, begin, context};
    return gv_patch_thread_hooks.park(&here.wait);
}

bool gv_thread_wake_slowly(const void *object, int count) {
    gv_thread_line *line = gv_thread_line_of(object);
    bool was_late = false;
    gv_line_lock(&line->queue);
    for (gv_waiter *waiter = line->queue.head, *next; waiter && count > 0; waiter = next) {
        next = waiter->next;
        if (waiter->object != object) continue;
        gv_wait_remove(&line->queue, waiter);
        if (!gv_claim(waiter, GV_WOKEN)) continue;
        was_late |= waiter->tag != 0;
        gv_wake(waiter->greenlet);
        count--;
    }
    gv_line_unlock(&line->queue);
    return was_late;
}

uint64_t gv_thread_time_left(clockid_t clock, const struct timespec *time) {
    struct timespec now;
    clock_gettime(clock, &now);
    if (time->tv_sec < now.tv_sec || (time->tv_sec == now.tv_sec && time->tv_nsec <= now.tv_nsec)) return 0;
    uint64_t seconds = (uint64_t)time->tv_sec - (uint64_t)now.tv_sec;
    // Some three hundred years: what is more would not fit, and is for ever.
    if (seconds > 9000000000u) return GV_FOREVER;
    return seconds * 1000000000u + (uint64_t)time->tv_nsec - (uint64_t)now.tv_nsec;
}
