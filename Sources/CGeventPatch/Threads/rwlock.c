// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_thread_line.h"
#include "gv_thread_calls.h"
#include <errno.h>
#include <gv_park.h>

static int try_to_read(gv_thread_try *trial) { return gv_real_threads.pthread_rwlock_tryrdlock(trial->context); }

static int try_to_write(gv_thread_try *trial) { return gv_real_threads.pthread_rwlock_trywrlock(trial->context); }

static int wait_on(pthread_rwlock_t *lock, int (*attempt)(gv_thread_try *), uint64_t timeout) {
    gv_thread_try trial = {
        .wait = {.what = "a lock of readers and writers", .object = lock},
        .attempt = attempt,
        .context = lock,
        .looks_again = true,
    };
    return gv_thread_await(&trial, timeout);
}

static int wait_until(
    pthread_rwlock_t *lock, int (*attempt)(gv_thread_try *), clockid_t clock, const struct timespec *time) {
    if (!gv_is_wait_clock(clock) || !gv_is_time(time)) return EINVAL;
    return wait_on(lock, attempt, gv_thread_time_left(clock, time));
}

int gv_call_pthread_rwlock_rdlock(pthread_rwlock_t *lock) {
    return gv_thread_may_park() ? wait_on(lock, try_to_read, GV_FOREVER) : gv_real_threads.pthread_rwlock_rdlock(lock);
}

int gv_call_pthread_rwlock_wrlock(pthread_rwlock_t *lock) {
    return gv_thread_may_park() ? wait_on(lock, try_to_write, GV_FOREVER) : gv_real_threads.pthread_rwlock_wrlock(lock);
}

int gv_call_pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock, const struct timespec *time) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_rwlock_clockrdlock(lock, clock, time);
    return wait_until(lock, try_to_read, clock, time);
}

int gv_call_pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock, const struct timespec *time) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_rwlock_clockwrlock(lock, clock, time);
    return wait_until(lock, try_to_write, clock, time);
}

int gv_call_pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *time) {
    return gv_call_pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, time);
}

int gv_call_pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *time) {
    return gv_call_pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, time);
}

int gv_call_pthread_rwlock_unlock(pthread_rwlock_t *lock) {
    int answer = gv_real_threads.pthread_rwlock_unlock(lock);
    if (answer == 0 && gv_thread_wake(lock, GV_EVERYBODY) && gv_thread_may_park()) gv_yield();
    return answer;
}

GV_THREAD_STAND_IN(pthread_rwlock_rdlock);
GV_THREAD_STAND_IN(pthread_rwlock_wrlock);
GV_THREAD_STAND_IN(pthread_rwlock_clockrdlock);
GV_THREAD_STAND_IN(pthread_rwlock_clockwrlock);
GV_THREAD_STAND_IN(pthread_rwlock_timedrdlock);
GV_THREAD_STAND_IN(pthread_rwlock_timedwrlock);
GV_THREAD_STAND_IN(pthread_rwlock_unlock);
