// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE 1
#include "gv_libc.h"
#include "gv_result.h"
#include "gv_thread.h"

int gv_thread_set_name(const char *name) {
    return pthread_setname_np(gv_libc.pthread_self(), name);
}

int gv_thread_get_name(char *name, size_t capacity) {
    return pthread_getname_np(gv_libc.pthread_self(), name, capacity);
}

int gv_thread_start(pthread_t *thread, size_t stack_size, bool takes_signals,
                    void *(*body)(void *), void *context) {
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error != 0)
        return error;

    sigset_t all, previous;
    if (stack_size != 0)
        error = pthread_attr_setstacksize(&attributes, stack_size);
    if (error == 0 && !takes_signals) {
        // A fault's own signal stays open: blocked, it would kill without the overflow report.
        sigfillset(&all);
        sigdelset(&all, SIGSEGV);
        sigdelset(&all, SIGBUS);
        sigdelset(&all, SIGILL);
        sigdelset(&all, SIGFPE);
        sigdelset(&all, SIGTRAP);
        error = pthread_sigmask(SIG_SETMASK, &all, &previous);
    }
    if (error == 0) {
        error = gv_libc.pthread_create(thread, &attributes, body, context);
        if (!takes_signals)
            pthread_sigmask(SIG_SETMASK, &previous, (sigset_t *)0);
    }
    pthread_attr_destroy(&attributes);
    return error;
}

int gv_thread_get_stack(void **base, size_t *size) {
    pthread_attr_t attributes;
    int error = pthread_getattr_np(gv_libc.pthread_self(), &attributes);
    if (error != 0)
        return error;
    error = pthread_attr_getstack(&attributes, base, size);
    pthread_attr_destroy(&attributes);
    return error;
}

long gv_semaphore_wait_until(sem_t *semaphore, uint64_t nanoseconds) {
    const uint64_t second = 1000000000u;
    struct timespec until = {.tv_sec = (time_t)(nanoseconds / second), .tv_nsec = (long)(nanoseconds % second)};
    return gv_result(gv_libc.sem_clockwait(semaphore, CLOCK_MONOTONIC, &until));
}
