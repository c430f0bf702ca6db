// SPDX-License-Identifier: Apache-2.0
// pthread_once, whose routine may wait: the others wait like greenlets then.
#define _GNU_SOURCE
#include "gv_thread_line.h"
#include "gv_thread_calls.h"
#include <errno.h>
#include <gv_park.h>

// Bits of the real one's word.
enum { ONCE_IS_RUNNING = 1, ONCE_IS_DONE = 2 };

static int attempt(gv_thread_try *trial) {
    int word = __atomic_load_n((pthread_once_t *)trial->context, __ATOMIC_ACQUIRE);
    return (word & ONCE_IS_DONE) || !(word & ONCE_IS_RUNNING) ? 0 : EBUSY;
}

int gv_call_pthread_once(pthread_once_t *once, void (*routine)(void)) {
    if (__builtin_expect(__atomic_load_n(once, __ATOMIC_ACQUIRE) & ONCE_IS_DONE, 1)) return 0;
    // A routine that is left by an exception leaves the word as it was: so whoever comes next runs it.
    while (gv_thread_may_park() && !(__atomic_load_n(once, __ATOMIC_ACQUIRE) & ONCE_IS_DONE)) {
        if (!(__atomic_load_n(once, __ATOMIC_ACQUIRE) & ONCE_IS_RUNNING)) break;
        gv_thread_try trial = {
            .wait = {.what = "what is done once", .object = once},
            .attempt = attempt,
            .context = once,
            .looks_again = true,
        };
        gv_thread_await(&trial, GV_FOREVER);
    }
    int answer = gv_real_threads.pthread_once(once, routine);
    gv_thread_wake(once, GV_EVERYBODY);
    return answer;
}

void gv_call_call_once(once_flag *flag, void (*routine)(void)) {
    gv_call_pthread_once((pthread_once_t *)flag, routine);
}

GV_THREAD_STAND_IN(pthread_once);
GV_THREAD_STAND_IN(call_once);
