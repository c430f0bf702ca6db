// SPDX-License-Identifier: Apache-2.0
// Semaphores. The real one has the count, also of those that other processes post.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <gv_node.h>

static int attempt(gv_thread_try *trial) {
    int error = errno;
    if (gv_real_threads.sem_trywait(trial->context) == 0) return 0;
    int answer = errno == EAGAIN ? EBUSY : errno;
    errno = error;
    return answer;
}

// The first wait after a strike ends with EINTR. Who then waits again, as most do, waits for the semaphore alone.
static bool hears(void) {
    if (!gv_is_thread()) return false;
    gv_thread *thread = gv_thread_here();
    if (!(gv_flags(gv_this_hub->current) & GV_IS_INTERRUPTED)) thread->was_told = 0;
    return !thread->was_told;
}

static int wait_on(sem_t *semaphore, uint64_t timeout) {
    gv_thread_test_cancel();
    gv_thread_try trial = {
        .wait = {.what = "a semaphore", .object = semaphore, .hears = hears()},
        .attempt = attempt,
        .context = semaphore,
        .is_cancel_point = true,
        .looks_again = true,
    };
    int answer = gv_thread_await(&trial, timeout);
    if (answer == 0) return 0;
    if (answer == ECANCELED) {
        gv_thread_test_cancel();
        gv_thread_here()->was_told = 1;
        answer = EINTR;
    }
    errno = answer;
    return -1;
}

int gv_call_sem_wait(sem_t *semaphore) {
    return gv_thread_may_park() ? wait_on(semaphore, GV_FOREVER) : gv_real_threads.sem_wait(semaphore);
}

int gv_call_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *time) {
    if (!gv_thread_may_park()) return gv_real_threads.sem_clockwait(semaphore, clock, time);
    if (gv_real_threads.sem_trywait(semaphore) == 0) return 0;
    if (!gv_is_wait_clock(clock) || !gv_is_time(time)) {
        errno = EINVAL;
        return -1;
    }
    return wait_on(semaphore, gv_thread_time_left(clock, time));
}

int gv_call_sem_timedwait(sem_t *semaphore, const struct timespec *time) {
    if (!gv_thread_may_park()) return gv_real_threads.sem_timedwait(semaphore, time);
    return gv_call_sem_clockwait(semaphore, CLOCK_REALTIME, time);
}

int gv_call_sem_post(sem_t *semaphore) {
    int answer = gv_real_threads.sem_post(semaphore);
    // In a signal handler nobody is woken, who may hold the lock of the line: the waiter looks again by itself.
    if (answer == 0 && gv_signal_depth == 0) gv_thread_wake(semaphore, 1);
    return answer;
}

GV_THREAD_STAND_IN(sem_wait);
GV_THREAD_STAND_IN(sem_clockwait);
GV_THREAD_STAND_IN(sem_timedwait);
GV_THREAD_STAND_IN(sem_post);
