// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_thread_mutex.h"
#include "gv_thread_line.h"
#include <errno.h>
#include <gv_park.h>
#include <unistd.h>

// The serial tells a greenlet from an earlier one with the same record; the number, from those of other hubs.
static uintptr_t myself(void) {
    const gv_hub *hub = gv_this_hub;
    return (uintptr_t)hub->current ^ (uintptr_t)(hub->current->serial << 48);
}

// The real try-call of a recursive mutex would let another greenlet of the same thread in.
static int try_owned(pthread_mutex_t *mutex) {
    uintptr_t owner = __atomic_load_n(gv_mutex_owner(mutex), __ATOMIC_RELAXED), me = myself();
    if (owner == me) {
        if ((gv_mutex_kind(mutex) & GV_KIND_TYPE) == PTHREAD_MUTEX_ERRORCHECK_NP) return EDEADLK;
        ++*gv_mutex_depth(mutex);
        return 0;
    }
    if (owner) return EBUSY;
    int answer = gv_real_threads.pthread_mutex_trylock(mutex);
    if (answer != 0) return answer;
    __atomic_store_n(gv_mutex_owner(mutex), me, __ATOMIC_RELAXED);
    *gv_mutex_depth(mutex) = 1;
    return 0;
}

static int try_once(pthread_mutex_t *mutex) {
    return gv_mutex_is_owned(gv_mutex_kind(mutex)) ? try_owned(mutex) : gv_real_threads.pthread_mutex_trylock(mutex);
}

static int attempt(gv_thread_try *trial) {
    pthread_mutex_t *mutex = trial->context;
    int answer = try_once(mutex);
    // A greenlet of this thread unlocks by our call; for others it may be code that is not patched.
    if (answer == EBUSY)
        trial->looks_again = gv_mutex_is_special(gv_mutex_kind(mutex))
            || __atomic_load_n(&mutex->__data.__owner, __ATOMIC_RELAXED) != gettid();
    return answer;
}

int gv_mutex_take(pthread_mutex_t *mutex, uint64_t timeout) {
    gv_thread_try trial = {.wait = {.what = "a mutex", .object = mutex}, .attempt = attempt, .context = mutex};
    return gv_thread_await(&trial, timeout);
}

int gv_mutex_give(pthread_mutex_t *mutex, bool *yields) {
    *yields = false;
    uint32_t kind = gv_mutex_kind(mutex);
    if (gv_mutex_is_owned(kind) && gv_this_hub) {
        uintptr_t owner = __atomic_load_n(gv_mutex_owner(mutex), __ATOMIC_RELAXED);
        if (owner && owner != myself()) return EPERM;
        if (owner && --*gv_mutex_depth(mutex) > 0) return 0;
        if (owner) __atomic_store_n(gv_mutex_owner(mutex), 0, __ATOMIC_RELAXED);
    }
    int answer = gv_real_threads.pthread_mutex_unlock(mutex);
    if (answer == 0) *yields = gv_thread_wake(mutex, 1);
    return answer;
}

int gv_call_pthread_mutex_lock(pthread_mutex_t *mutex) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_mutex_lock(mutex);
    int answer = try_once(mutex);
    return __builtin_expect(answer != EBUSY, 1) ? answer : gv_mutex_take(mutex, GV_FOREVER);
}

int gv_call_pthread_mutex_trylock(pthread_mutex_t *mutex) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_mutex_trylock(mutex);
    int answer = try_once(mutex);
    return answer == EDEADLK && gv_mutex_is_owned(gv_mutex_kind(mutex)) ? EBUSY : answer;
}

int gv_call_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *time) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_mutex_clocklock(mutex, clock, time);
    if (!gv_is_wait_clock(clock)) return EINVAL;
    int answer = try_once(mutex);
    if (answer != EBUSY) return answer;
    return gv_is_time(time) ? gv_mutex_take(mutex, gv_thread_time_left(clock, time)) : EINVAL;
}

int gv_call_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *time) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_mutex_timedlock(mutex, time);
    return gv_call_pthread_mutex_clocklock(mutex, CLOCK_REALTIME, time);
}

// Who unlocks and locks again, with a wait in between, would else never let in those that it has woken.
int gv_call_pthread_mutex_unlock(pthread_mutex_t *mutex) {
    bool yields;
    int answer = gv_mutex_give(mutex, &yields);
    if (__builtin_expect(yields, 0) && gv_thread_may_park()) gv_yield();
    return answer;
}

GV_THREAD_STAND_IN(pthread_mutex_lock);
GV_THREAD_STAND_IN(pthread_mutex_trylock);
GV_THREAD_STAND_IN(pthread_mutex_clocklock);
GV_THREAD_STAND_IN(pthread_mutex_timedlock);
GV_THREAD_STAND_IN(pthread_mutex_unlock);
