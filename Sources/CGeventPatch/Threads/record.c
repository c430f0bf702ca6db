// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_thread.h"
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

uint32_t gv_threads_alive;

gv_thread *gv_thread_new(uint32_t references) {
    gv_thread *thread = calloc(1, sizeof *thread);
    if (!thread) return 0;
    thread->references = references;
    thread->process = getpid();
    thread->hub = gv_this_hub;
    return thread;
}

void gv_thread_release(gv_thread *thread) {
    if (__atomic_sub_fetch(&thread->references, 1, __ATOMIC_ACQ_REL) != 0) return;
    free(thread->values);
    free(thread);
}

void gv_thread_is_over(gv_thread *thread) {
    __atomic_store_n(&thread->is_over, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, &thread->is_over, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, INT32_MAX, NULL, NULL, 0);
    gv_thread_wake(thread, GV_EVERYBODY);
}

static void end_kept(void *context) {
    gv_thread *thread = context;
    gv_thread_end_values(thread);
    gv_thread_is_over(thread);
    gv_thread_release(thread);
}

gv_thread *gv_thread_make_here(void) {
    gv_greenlet *here = gv_this_hub->current;
    gv_thread *thread = gv_thread_new(1);
    // Neither pthread_self nor a lock has a way to say so.
    if (!thread) abort();
    // Nobody may join or leave it: it belongs to whoever spawned the greenlet.
    thread->is_claimed = 1;
    thread->greenlet = here;
    here->thread = thread;
    gv_patch_thread_hooks.keep(end_kept, thread);
    return thread;
}

pthread_t gv_call_pthread_self(void) {
    return gv_is_thread() ? gv_thread_name_of(gv_thread_here()) : gv_real_threads.pthread_self();
}

GV_THREAD_STAND_IN(pthread_self);
