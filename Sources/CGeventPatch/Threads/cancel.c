// SPDX-License-Identifier: Apache-2.0
// Cancellation, always deferred. A cancelled thread ends in its next call of this area that is a point of cancellation,
// or in a wait of another area, which is ended for it.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <stdlib.h>

static gv_thread *here(void) { return gv_is_thread() ? (gv_thread *)gv_this_hub->current->thread : 0; }

void gv_thread_test_cancel(void) {
    gv_thread *thread = here();
    if (!thread || !thread->start || thread->refuses_cancel || thread->is_leaving) return;
    if (__atomic_load_n(&thread->is_cancelled, __ATOMIC_ACQUIRE)) gv_thread_leave(thread, PTHREAD_CANCELED);
}

// Of this hub only: another thread cannot know whether the wait goes on while it looks. There the note alone has to do.
static void end_wait(gv_thread *thread) {
    if (thread->hub != gv_this_hub || !thread->greenlet || thread->refuses_cancel) return;
    gv_waiter *waiter = thread->greenlet->waiter;
    if (waiter && gv_claim(waiter, GV_INTERRUPTED)) gv_wake(thread->greenlet);
}

int gv_call_pthread_cancel(pthread_t name) {
    if (!gv_is_ours(name)) return gv_real_threads.pthread_cancel(name);
    gv_thread *thread = gv_thread_of(name);
    if (!thread->was_created) return ENOSYS;
    __atomic_store_n(&thread->is_cancelled, 1, __ATOMIC_SEQ_CST);
    if (thread != here()) end_wait(thread);
    else if (thread->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS) gv_thread_test_cancel();
    return 0;
}

void gv_call_pthread_testcancel(void) {
    if (gv_is_thread()) gv_thread_test_cancel();
    else gv_real_threads.pthread_testcancel();
}

int gv_call_pthread_setcancelstate(int state, int *before) {
    if (!gv_is_thread()) return gv_real_threads.pthread_setcancelstate(state, before);
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE) return EINVAL;
    gv_thread *thread = gv_thread_here();
    if (before) *before = thread->refuses_cancel ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    thread->refuses_cancel = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int gv_call_pthread_setcanceltype(int type, int *before) {
    if (!gv_is_thread()) return gv_real_threads.pthread_setcanceltype(type, before);
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS) return EINVAL;
    gv_thread *thread = gv_thread_here();
    if (before) *before = thread->cancel_type;
    thread->cancel_type = (uint8_t)type;
    if (type == PTHREAD_CANCEL_ASYNCHRONOUS) gv_thread_test_cancel();
    return 0;
}

static gv_hooks plain;

static long wait_and_test(const struct pollfd *entries, size_t count, uint64_t timeout) {
    gv_thread_test_cancel();
    long answer = plain.wait(entries, count, timeout);
    gv_thread_test_cancel();
    return answer;
}

static long sleep_and_test(uint64_t timeout) {
    gv_thread_test_cancel();
    long answer = plain.sleep(timeout);
    gv_thread_test_cancel();
    return answer;
}

static void become_child(void) { gv_thread_is_child = true; }

// The waits of other areas end a thread, too, that was cancelled meanwhile.
void gv_thread_hooks_set(const gv_thread_hooks *hooks) {
    gv_patch_thread_hooks = *hooks;
    if (pthread_atfork(0, 0, become_child) != 0) abort();
    plain = gv_patch_hooks;
    gv_patch_hooks.wait = wait_and_test;
    gv_patch_hooks.sleep = sleep_and_test;
}

GV_THREAD_STAND_IN(pthread_cancel);
GV_THREAD_STAND_IN(pthread_testcancel);
GV_THREAD_STAND_IN(pthread_setcancelstate);
GV_THREAD_STAND_IN(pthread_setcanceltype);
