// SPDX-License-Identifier: Apache-2.0
// What is asked of a thread by its name: a greenlet answers for itself where it can, else its hub's thread does.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <signal.h>
#include <string.h>

static bool is_over(gv_thread *thread) { return __atomic_load_n(&thread->is_over, __ATOMIC_ACQUIRE) != 0; }

// The thread that runs it. From elsewhere it cannot be named, and callers are told so.
static int find_real(pthread_t name, pthread_t *real) {
    *real = name;
    if (!gv_is_ours(name)) return 0;
    if (is_over(gv_thread_of(name)) || gv_thread_of(name)->hub != gv_this_hub) return ESRCH;
    *real = gv_real_threads.pthread_self();
    return 0;
}

#define GV_ASK(call, ...)                              \
    pthread_t real;                                    \
    int answer = find_real(thread, &real);             \
    return answer ? answer : gv_real_threads.call(real, __VA_ARGS__)

// A signal is the thread's, whichever of its greenlets runs then.
int gv_call_pthread_kill(pthread_t thread, int signal) {
    if (gv_is_ours(thread) && signal == 0) return is_over(gv_thread_of(thread)) ? ESRCH : 0;
    GV_ASK(pthread_kill, signal);
}

int gv_call_pthread_sigqueue(pthread_t thread, int signal, const union sigval value) {
    GV_ASK(pthread_sigqueue, signal, value);
}

int gv_call_pthread_getcpuclockid(pthread_t thread, clockid_t *clock) { GV_ASK(pthread_getcpuclockid, clock); }

int gv_call_pthread_getschedparam(pthread_t thread, int *policy, struct sched_param *parameters) {
    GV_ASK(pthread_getschedparam, policy, parameters);
}

int gv_call_pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *set) {
    GV_ASK(pthread_getaffinity_np, size, set);
}

// What would move or slow down all greenlets of the hub is taken, and not done.
int gv_call_pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *parameters) {
    return gv_is_ours(thread) ? 0 : gv_real_threads.pthread_setschedparam(thread, policy, parameters);
}

int gv_call_pthread_setschedprio(pthread_t thread, int priority) {
    return gv_is_ours(thread) ? 0 : gv_real_threads.pthread_setschedprio(thread, priority);
}

int gv_call_pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *set) {
    return gv_is_ours(thread) ? 0 : gv_real_threads.pthread_setaffinity_np(thread, size, set);
}

int gv_call_pthread_setname_np(pthread_t name, const char *text) {
    if (!gv_is_ours(name)) return gv_real_threads.pthread_setname_np(name, text);
    gv_thread *thread = gv_thread_of(name);
    if (strlen(text) >= sizeof thread->name) return ERANGE;
    strcpy(thread->name, text);
    if (thread->greenlet && thread->hub == gv_this_hub) gv_patch_thread_hooks.rename(thread->greenlet, text);
    return 0;
}

int gv_call_pthread_getname_np(pthread_t name, char *text, size_t size) {
    if (!gv_is_ours(name)) return gv_real_threads.pthread_getname_np(name, text, size);
    gv_thread *thread = gv_thread_of(name);
    if (size < sizeof thread->name) return ERANGE;
    memcpy(text, thread->name, sizeof thread->name);
    return 0;
}

int gv_call_pthread_getattr_np(pthread_t name, pthread_attr_t *attributes) {
    if (!gv_is_ours(name)) return gv_real_threads.pthread_getattr_np(name, attributes);
    gv_thread *thread = gv_thread_of(name);
    int answer = pthread_attr_init(attributes);
    if (answer != 0) return answer;
    gv_stack *stack = thread->greenlet ? thread->greenlet->stack : 0;
    if (stack) return pthread_attr_setstack(attributes, stack->base, stack->size);
    return pthread_attr_setstacksize(attributes, thread->stack_size);
}

GV_THREAD_STAND_IN(pthread_kill);
GV_THREAD_STAND_IN(pthread_sigqueue);
GV_THREAD_STAND_IN(pthread_getcpuclockid);
GV_THREAD_STAND_IN(pthread_getschedparam);
GV_THREAD_STAND_IN(pthread_getaffinity_np);
GV_THREAD_STAND_IN(pthread_setschedparam);
GV_THREAD_STAND_IN(pthread_setschedprio);
GV_THREAD_STAND_IN(pthread_setaffinity_np);
GV_THREAD_STAND_IN(pthread_setname_np);
GV_THREAD_STAND_IN(pthread_getname_np);
GV_THREAD_STAND_IN(pthread_getattr_np);
