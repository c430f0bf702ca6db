// SPDX-License-Identifier: Apache-2.0
// Barriers. The real one cannot be tried, so those that are made by patched code are ours, for native threads too.
#define _GNU_SOURCE
#include "gv_thread_line.h"
#include "gv_thread_calls.h"
#include <errno.h>
#include <gv_lock.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BARRIER_IS_OURS = 0x67766221 };

// In the memory of the real one, which leaves the last words alone.
typedef struct {
    uint32_t lock;
    uint32_t count;
    uint32_t arrived;
    uint32_t round;
    uint32_t inside;   // those who have still to leave
    uint32_t spare[2];
    uint32_t mark;
} barrier;

_Static_assert(sizeof(barrier) <= sizeof(pthread_barrier_t), "a barrier fits into the C library's");

static bool is_ours(const pthread_barrier_t *real) { return ((const barrier *)real)->mark == BARRIER_IS_OURS; }

typedef struct {
    barrier *barrier;
    uint32_t round;
} passage;

static bool is_open(const passage *here) {
    return __atomic_load_n(&here->barrier->round, __ATOMIC_ACQUIRE) != here->round;
}

static int look(gv_thread_try *trial) { return is_open(trial->context) ? 0 : EBUSY; }

int gv_call_pthread_barrier_init(pthread_barrier_t *real, const pthread_barrierattr_t *attributes, unsigned count) {
    int shared = PTHREAD_PROCESS_PRIVATE;
    if (attributes) pthread_barrierattr_getpshared(attributes, &shared);
    int answer = gv_real_threads.pthread_barrier_init(real, attributes, count);
    if (answer != 0) return answer;
    ((barrier *)real)->mark = 0;
    if (shared == PTHREAD_PROCESS_PRIVATE) *(barrier *)real = (barrier){.count = count, .mark = BARRIER_IS_OURS};
    return 0;
}

static void wait_for_others(passage *here) {
    if (!gv_thread_may_park()) {
        while (!is_open(here))
            syscall(SYS_futex, &here->barrier->round, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, here->round, NULL, NULL, 0);
        return;
    }
    gv_thread_try trial = {.wait = {.what = "a barrier", .object = here->barrier}, .attempt = look, .context = here};
    gv_thread_await(&trial, GV_FOREVER);
}

int gv_call_pthread_barrier_wait(pthread_barrier_t *real) {
    if (!is_ours(real)) return gv_real_threads.pthread_barrier_wait(real);
    barrier *barrier = (void *)real;
    gv_lock(&barrier->lock);
    passage here = {barrier, barrier->round};
    __atomic_add_fetch(&barrier->inside, 1, __ATOMIC_RELAXED);
    bool is_last = ++barrier->arrived == barrier->count;
    if (is_last) {
        barrier->arrived = 0;
        __atomic_add_fetch(&barrier->round, 1, __ATOMIC_ACQ_REL);
    }
    gv_unlock(&barrier->lock);
    if (is_last) {
        syscall(SYS_futex, &barrier->round, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, INT32_MAX, NULL, NULL, 0);
        gv_thread_wake(barrier, GV_EVERYBODY);
    } else {
        wait_for_others(&here);
    }
    __atomic_sub_fetch(&barrier->inside, 1, __ATOMIC_RELEASE);
    return is_last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

// As the real one: may be called as soon as one has passed, and then waits for the others to leave.
int gv_call_pthread_barrier_destroy(pthread_barrier_t *real) {
    if (!is_ours(real)) return gv_real_threads.pthread_barrier_destroy(real);
    barrier *barrier = (void *)real;
    while (__atomic_load_n(&barrier->inside, __ATOMIC_ACQUIRE) > barrier->arrived) {
        if (gv_thread_may_park()) gv_patch_hooks.sleep(0);
        else gv_real_threads.sched_yield();
    }
    if (barrier->arrived) return EBUSY;
    barrier->mark = 0;
    return 0;
}

GV_THREAD_STAND_IN(pthread_barrier_init);
GV_THREAD_STAND_IN(pthread_barrier_wait);
GV_THREAD_STAND_IN(pthread_barrier_destroy);
