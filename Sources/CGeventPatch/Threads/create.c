// SPDX-License-Identifier: Apache-2.0
// pthread_create: a greenlet of the hub whose greenlet calls it.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <gv_ready.h>
#include <stdlib.h>
#include <unistd.h>

// C code counts on stacks of megabytes; only what is touched becomes memory.
enum { LEAST_STACK = 256 * 1024, MOST_STACK = 64 * 1024 * 1024 };

static size_t stack_size_of(const pthread_attr_t *attributes) {
    pthread_attr_t usual;
    size_t size = 0;
    if (attributes) {
        pthread_attr_getstacksize(attributes, &size);
    } else if (pthread_getattr_default_np(&usual) == 0) {
        pthread_attr_getstacksize(&usual, &size);
        pthread_attr_destroy(&usual);
    }
    return size < LEAST_STACK ? LEAST_STACK : size > MOST_STACK ? MOST_STACK : size;
}

static void end(gv_thread *thread) {
    gv_thread_is_over(thread);
    bool is_last = __atomic_sub_fetch(&gv_threads_alive, 1, __ATOMIC_ACQ_REL) == 0;
    if (is_last) gv_thread_wake(&gv_threads_alive, GV_EVERYBODY);
    gv_thread_release(thread);
}

// Killed before its first turn.
static void drop(void *context) {
    gv_thread *thread = context;
    thread->result = PTHREAD_CANCELED;
    end(thread);
}

// What is left by a jump is left in this frame, and gives nothing to those that follow.
static __attribute__((noinline)) void call(gv_thread *thread) {
    jmp_buf start;
    thread->start = &start;
    if (_setjmp(start) == 0) {
        if (thread->is_cancelled) thread->result = PTHREAD_CANCELED;
        else thread->result = thread->routine(thread->argument);
    }
    thread->start = 0;
}

static void run(void *context) {
    gv_thread *thread = context;
    gv_greenlet *here = gv_this_hub->current;
    thread->greenlet = here;
    here->thread = thread;
    if (thread->name[0]) gv_patch_thread_hooks.rename(here, thread->name);
    call(thread);
    // The only thread of a forked child: its end is that of the process.
    if (thread->process != getpid()) exit(0);
    gv_thread_end_values(thread);
    thread->greenlet = 0;
    end(thread);
    here->thread = 0;
}

static void (*make_hub)(void);

void gv_threads_make_hub(void (*make)(void)) { make_hub = make; }

// Under `gevent run` nobody else makes a hub. Only the first thread gets one: others have none to share it with.
static bool has_hub(void) {
    if (gv_thread_may_park()) return true;
    if (!make_hub || gv_this_hub || gv_thread_is_child || gv_signal_depth || getpid() != gettid()) return false;
    make_hub();
    return true;
}

int gv_call_pthread_create(
    pthread_t *name, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument) {
    if (!has_hub()) return gv_real_threads.pthread_create(name, attributes, routine, argument);
    int detached = PTHREAD_CREATE_JOINABLE;
    if (attributes) pthread_attr_getdetachstate(attributes, &detached);
    gv_thread *thread = gv_thread_new(detached == PTHREAD_CREATE_DETACHED ? 1 : 2);
    if (!thread) return EAGAIN;
    thread->was_created = true;
    thread->is_claimed = detached == PTHREAD_CREATE_DETACHED;
    thread->routine = routine;
    thread->argument = argument;
    thread->stack_size = stack_size_of(attributes);
    __atomic_add_fetch(&gv_threads_alive, 1, __ATOMIC_RELAXED);
    *name = gv_thread_name_of(thread);
    gv_patch_thread_hooks.spawn(thread->stack_size, run, drop, thread);
    return 0;
}

GV_THREAD_STAND_IN(pthread_create);
