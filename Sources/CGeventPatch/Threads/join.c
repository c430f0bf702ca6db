// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static int look(gv_thread_try *trial) {
    gv_thread *thread = trial->context;
    return __atomic_load_n(&thread->is_over, __ATOMIC_ACQUIRE) ? 0 : EBUSY;
}

// A thread without a hub waits for a greenlet by the same word.
static int wait_natively(gv_thread *thread, uint64_t timeout) {
    struct timespec time = {(time_t)(timeout / 1000000000u), (long)(timeout % 1000000000u)};
    while (!__atomic_load_n(&thread->is_over, __ATOMIC_ACQUIRE)) {
        long answer = syscall(SYS_futex, &thread->is_over, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0,
                              timeout == GV_FOREVER ? NULL : &time, NULL, 0);
        if (answer != 0 && errno == ETIMEDOUT) return ETIMEDOUT;
    }
    return 0;
}

static int join_ours(gv_thread *thread, void **result, uint64_t timeout) {
    if (gv_is_thread() && gv_this_hub->current->thread == thread) return EDEADLK;
    if (__atomic_exchange_n(&thread->is_claimed, 1, __ATOMIC_ACQ_REL)) return EINVAL;
    gv_thread_try trial = {
        .wait = {.what = "a thread", .object = thread}, .attempt = look, .context = thread, .is_cancel_point = true};
    int answer = gv_thread_may_park() ? gv_thread_await(&trial, timeout) : wait_natively(thread, timeout);
    if (answer != 0) {
        __atomic_store_n(&thread->is_claimed, 0, __ATOMIC_RELEASE);
        gv_thread_test_cancel();
        return answer;
    }
    if (result) *result = thread->result;
    gv_thread_release(thread);
    return 0;
}

typedef struct {
    pthread_t thread;
    void **result;
} joining;

static int try_real(gv_thread_try *trial) {
    joining *here = trial->context;
    return gv_real_threads.pthread_tryjoin_np(here->thread, here->result);
}

// Nothing tells us of the end of a native thread.
static int join_native(pthread_t thread, void **result, uint64_t timeout) {
    joining here = {thread, result};
    gv_thread_try trial = {
        .wait = {.what = "a thread", .object = (void *)thread},
        .attempt = try_real,
        .context = &here,
        .looks_again = true,
        .is_cancel_point = true,
    };
    int answer = gv_thread_await(&trial, timeout);
    if (answer == ECANCELED) gv_thread_test_cancel();
    return answer;
}

static int join(pthread_t thread, void **result, uint64_t timeout) {
    gv_thread_test_cancel();
    return gv_is_ours(thread) ? join_ours(gv_thread_of(thread), result, timeout) : join_native(thread, result, timeout);
}

int gv_call_pthread_join(pthread_t thread, void **result) {
    if (!gv_is_ours(thread) && !gv_thread_may_park()) return gv_real_threads.pthread_join(thread, result);
    return join(thread, result, GV_FOREVER);
}

int gv_call_pthread_tryjoin_np(pthread_t thread, void **result) {
    if (!gv_is_ours(thread)) return gv_real_threads.pthread_tryjoin_np(thread, result);
    if (!__atomic_load_n(&gv_thread_of(thread)->is_over, __ATOMIC_ACQUIRE)) return EBUSY;
    return join_ours(gv_thread_of(thread), result, 0);
}

int gv_call_pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock, const struct timespec *time) {
    if (!gv_is_ours(thread) && !gv_thread_may_park())
        return gv_real_threads.pthread_clockjoin_np(thread, result, clock, time);
    if (!time) return join(thread, result, GV_FOREVER);
    if (!gv_is_time(time) || !gv_is_wait_clock(clock)) return EINVAL;
    return join(thread, result, gv_thread_time_left(clock, time));
}

int gv_call_pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *time) {
    return gv_call_pthread_clockjoin_np(thread, result, CLOCK_REALTIME, time);
}

int gv_call_pthread_detach(pthread_t name) {
    if (!gv_is_ours(name)) return gv_real_threads.pthread_detach(name);
    gv_thread *thread = gv_thread_of(name);
    if (__atomic_exchange_n(&thread->is_claimed, 1, __ATOMIC_ACQ_REL)) return EINVAL;
    gv_thread_release(thread);
    return 0;
}

GV_THREAD_STAND_IN(pthread_join);
GV_THREAD_STAND_IN(pthread_tryjoin_np);
GV_THREAD_STAND_IN(pthread_clockjoin_np);
GV_THREAD_STAND_IN(pthread_timedjoin_np);
GV_THREAD_STAND_IN(pthread_detach);
