// SPDX-License-Identifier: Apache-2.0

#ifndef GV_THREAD_H
#define GV_THREAD_H

#include "gv_libc.h"
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's number of the calling thread. By number, because glibc has gettid from 2.30 only.
static inline int gv_thread_identifier(void) {
    return (int)syscall(SYS_gettid);
}

// How many processors the calling thread may run on; at least 1.
int gv_thread_processors(void);

// pthread_setname_np(3), pthread_getname_np(3) for the calling thread; 0 or the error number.
int gv_thread_set_name(const char *name);
int gv_thread_get_name(char *name, size_t capacity);

// Starts a joinable thread; 0 or the error number (positive, as the pthread functions answer).
// `stack_size` 0 means the default. A thread that takes no signals is born with all of them
// blocked but the faults': blocking them inside the thread would leave a moment for one to arrive.
int gv_thread_start(pthread_t *thread, size_t stack_size, bool takes_signals,
                    void *(*body)(void *), void *context);

// Where the calling thread's stack lies; answers an error number.
int gv_thread_get_stack(void **base, size_t *size);

// 0 or the error number, as the pthread functions answer.
static inline int gv_thread_join(pthread_t thread) { return gv_libc.pthread_join(thread, (void **)0); }
static inline int gv_thread_detach(pthread_t thread) { return gv_libc.pthread_detach(thread); }
static inline int gv_mutex_lock(pthread_mutex_t *mutex) { return gv_libc.pthread_mutex_lock(mutex); }
static inline int gv_mutex_unlock(pthread_mutex_t *mutex) { return gv_libc.pthread_mutex_unlock(mutex); }

// 0, or -1 and `errno`.
static inline int gv_semaphore_post(sem_t *semaphore) { return gv_libc.sem_post(semaphore); }
static inline int gv_semaphore_wait(sem_t *semaphore) { return gv_libc.sem_wait(semaphore); }

// Takes the semaphore, waiting until a moment of CLOCK_MONOTONIC at most; 0 or the negative error number.
long gv_semaphore_wait_until(sem_t *semaphore, uint64_t nanoseconds);

#endif
