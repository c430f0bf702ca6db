// SPDX-License-Identifier: Apache-2.0
// Calls by which a thread only lets others run.
#define _GNU_SOURCE
#include "gv_thread_calls.h"
#include "gv_thread_line.h"
#include <gv_park.h>

int gv_call_sched_yield(void) {
    if (!gv_thread_may_park()) return gv_real_threads.sched_yield();
    gv_yield();
    return 0;
}

void gv_call_thrd_yield(void) { gv_call_sched_yield(); }

int gv_call_pthread_spin_lock(pthread_spinlock_t *lock) {
    if (!gv_thread_may_park()) return gv_real_threads.pthread_spin_lock(lock);
    // The holder may be a greenlet of this thread, which goes on only if it is let.
    while (gv_real_threads.pthread_spin_trylock(lock) != 0) gv_yield();
    return 0;
}

GV_THREAD_STAND_IN(sched_yield);
GV_THREAD_STAND_IN(thrd_yield);
GV_THREAD_STAND_IN(pthread_spin_lock);
