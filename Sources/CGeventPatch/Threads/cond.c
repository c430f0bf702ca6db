// SPDX-License-Identifier: Apache-2.0
// Condition variables: greenlets wait in a line of ours, native threads in the real one. A signal goes to one of each,
// as none may be lost and one too many is allowed.
#define _GNU_SOURCE
#include "gv_thread.h"
#include "gv_thread_mutex.h"
#include <errno.h>
#include <gv_park.h>

// Bits of the real one's `__wrefs`.
enum { COND_IS_SHARED = 1, COND_IS_MONOTONIC = 2 };

static bool is_shared(const pthread_cond_t *cond) {
    return (__atomic_load_n(&cond->__data.__wrefs, __ATOMIC_RELAXED) & COND_IS_SHARED) != 0;
}

typedef struct {
    pthread_mutex_t *mutex;
    int answer;
    bool yields;
} letting;

// The waiter is seen already, so no signal is lost from here on.
static void let_go(void *context) {
    letting *here = context;
    here->answer = gv_mutex_give(here->mutex, &here->yields);
}

// A kill does not end the wait: callers take any return for a chance that their condition holds, wait again if it does
// not, and would never let others run.
static int wait_on(pthread_cond_t *cond, pthread_mutex_t *mutex, uint64_t timeout) {
    gv_thread_test_cancel();
    letting here = {.mutex = mutex};
    uint32_t outcome = gv_thread_stand(cond, "a condition", timeout, let_go, &here);
    if (here.answer != 0) return here.answer;
    int answer = gv_mutex_take(mutex, GV_FOREVER);
    gv_thread_test_cancel();
    if (answer != 0) return answer;
    return outcome == GV_TIMED_OUT ? ETIMEDOUT : 0;
}

int gv_call_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex) {
    if (!gv_thread_may_park() || is_shared(cond)) return gv_real_threads.pthread_cond_wait(cond, mutex);
    return wait_on(cond, mutex, GV_FOREVER);
}

int gv_call_pthread_cond_clockwait(
    pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *time) {
    if (!gv_thread_may_park() || is_shared(cond))
        return gv_real_threads.pthread_cond_clockwait(cond, mutex, clock, time);
    if (!gv_is_time(time) || !gv_is_wait_clock(clock)) return EINVAL;
    return wait_on(cond, mutex, gv_thread_time_left(clock, time));
}

int gv_call_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *time) {
    if (!gv_thread_may_park() || is_shared(cond)) return gv_real_threads.pthread_cond_timedwait(cond, mutex, time);
    uint32_t bits = __atomic_load_n(&cond->__data.__wrefs, __ATOMIC_RELAXED);
    clockid_t clock = (bits & COND_IS_MONOTONIC) ? CLOCK_MONOTONIC : CLOCK_REALTIME;
    return gv_call_pthread_cond_clockwait(cond, mutex, clock, time);
}

int gv_call_pthread_cond_signal(pthread_cond_t *cond) {
    int answer = gv_real_threads.pthread_cond_signal(cond);
    gv_thread_wake(cond, 1);
    return answer;
}

int gv_call_pthread_cond_broadcast(pthread_cond_t *cond) {
    int answer = gv_real_threads.pthread_cond_broadcast(cond);
    gv_thread_wake(cond, GV_EVERYBODY);
    return answer;
}

GV_THREAD_STAND_IN(pthread_cond_wait);
GV_THREAD_STAND_IN(pthread_cond_clockwait);
GV_THREAD_STAND_IN(pthread_cond_timedwait);
GV_THREAD_STAND_IN(pthread_cond_signal);
GV_THREAD_STAND_IN(pthread_cond_broadcast);
