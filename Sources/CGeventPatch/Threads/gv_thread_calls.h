// SPDX-License-Identifier: Apache-2.0
// The stand-ins for threads, and the real calls behind them.
#ifndef GV_THREAD_CALLS_H
#define GV_THREAD_CALLS_H

#include "../gv_stand_in.h"
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <threads.h>
#include <time.h>

/// All of the area, by name, and how each is called. What is only here for its real call stands in the second list.
#define GV_THREAD_CALLS(CALL)                                                                               \
    CALL(int, pthread_create, (pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))             \
    CALL(int, pthread_join, (pthread_t, void **))                                                           \
    CALL(int, pthread_tryjoin_np, (pthread_t, void **))                                                     \
    CALL(int, pthread_timedjoin_np, (pthread_t, void **, const struct timespec *))                          \
    CALL(int, pthread_clockjoin_np, (pthread_t, void **, clockid_t, const struct timespec *))               \
    CALL(int, pthread_detach, (pthread_t))                                                                  \
    CALL(pthread_t, pthread_self, (void))                                                                   \
    CALL(void, pthread_exit, (void *))                                                                      \
    CALL(void, __pthread_register_cancel, (__pthread_unwind_buf_t *))                                       \
    CALL(void, __pthread_unregister_cancel, (__pthread_unwind_buf_t *))                                     \
    CALL(void, __pthread_unwind_next, (__pthread_unwind_buf_t *))                                           \
    CALL(int, pthread_cancel, (pthread_t))                                                                  \
    CALL(void, pthread_testcancel, (void))                                                                  \
    CALL(int, pthread_setcancelstate, (int, int *))                                                         \
    CALL(int, pthread_setcanceltype, (int, int *))                                                          \
    CALL(int, pthread_kill, (pthread_t, int))                                                               \
    CALL(int, pthread_sigqueue, (pthread_t, int, const union sigval))                                       \
    CALL(int, pthread_setname_np, (pthread_t, const char *))                                                \
    CALL(int, pthread_getname_np, (pthread_t, char *, size_t))                                              \
    CALL(int, pthread_getattr_np, (pthread_t, pthread_attr_t *))                                            \
    CALL(int, pthread_getcpuclockid, (pthread_t, clockid_t *))                                              \
    CALL(int, pthread_getschedparam, (pthread_t, int *, struct sched_param *))                              \
    CALL(int, pthread_setschedparam, (pthread_t, int, const struct sched_param *))                          \
    CALL(int, pthread_setschedprio, (pthread_t, int))                                                       \
    CALL(int, pthread_getaffinity_np, (pthread_t, size_t, cpu_set_t *))                                     \
    CALL(int, pthread_setaffinity_np, (pthread_t, size_t, const cpu_set_t *))                               \
    CALL(int, pthread_key_create, (pthread_key_t *, void (*)(void *)))                                      \
    CALL(int, pthread_key_delete, (pthread_key_t))                                                          \
    CALL(void *, pthread_getspecific, (pthread_key_t))                                                      \
    CALL(int, pthread_setspecific, (pthread_key_t, const void *))                                           \
    CALL(int, pthread_once, (pthread_once_t *, void (*)(void)))                                             \
    CALL(int, pthread_mutex_lock, (pthread_mutex_t *))                                                      \
    CALL(int, pthread_mutex_trylock, (pthread_mutex_t *))                                                   \
    CALL(int, pthread_mutex_timedlock, (pthread_mutex_t *, const struct timespec *))                        \
    CALL(int, pthread_mutex_clocklock, (pthread_mutex_t *, clockid_t, const struct timespec *))             \
    CALL(int, pthread_mutex_unlock, (pthread_mutex_t *))                                                    \
    CALL(int, pthread_cond_wait, (pthread_cond_t *, pthread_mutex_t *))                                     \
    CALL(int, pthread_cond_timedwait, (pthread_cond_t *, pthread_mutex_t *, const struct timespec *))       \
    CALL(int, pthread_cond_clockwait,                                                                       \
         (pthread_cond_t *, pthread_mutex_t *, clockid_t, const struct timespec *))                         \
    CALL(int, pthread_cond_signal, (pthread_cond_t *))                                                      \
    CALL(int, pthread_cond_broadcast, (pthread_cond_t *))                                                   \
    CALL(int, pthread_rwlock_rdlock, (pthread_rwlock_t *))                                                  \
    CALL(int, pthread_rwlock_timedrdlock, (pthread_rwlock_t *, const struct timespec *))                    \
    CALL(int, pthread_rwlock_clockrdlock, (pthread_rwlock_t *, clockid_t, const struct timespec *))         \
    CALL(int, pthread_rwlock_wrlock, (pthread_rwlock_t *))                                                  \
    CALL(int, pthread_rwlock_timedwrlock, (pthread_rwlock_t *, const struct timespec *))                    \
    CALL(int, pthread_rwlock_clockwrlock, (pthread_rwlock_t *, clockid_t, const struct timespec *))         \
    CALL(int, pthread_rwlock_unlock, (pthread_rwlock_t *))                                                  \
    CALL(int, pthread_barrier_init, (pthread_barrier_t *, const pthread_barrierattr_t *, unsigned))         \
    CALL(int, pthread_barrier_wait, (pthread_barrier_t *))                                                  \
    CALL(int, pthread_barrier_destroy, (pthread_barrier_t *))                                               \
    CALL(int, pthread_spin_lock, (pthread_spinlock_t *))                                                    \
    CALL(int, sem_wait, (sem_t *))                                                                          \
    CALL(int, sem_timedwait, (sem_t *, const struct timespec *))                                            \
    CALL(int, sem_clockwait, (sem_t *, clockid_t, const struct timespec *))                                 \
    CALL(int, sem_post, (sem_t *))                                                                          \
    CALL(int, sched_yield, (void))                                                                          \
    CALL(int, thrd_create, (thrd_t *, thrd_start_t, void *))                                                \
    CALL(int, thrd_join, (thrd_t, int *))                                                                   \
    CALL(int, thrd_detach, (thrd_t))                                                                        \
    CALL(thrd_t, thrd_current, (void))                                                                      \
    CALL(void, thrd_exit, (int))                                                                            \
    CALL(void, thrd_yield, (void))                                                                          \
    CALL(void, call_once, (once_flag *, void (*)(void)))                                                    \
    CALL(int, mtx_lock, (mtx_t *))                                                                          \
    CALL(int, mtx_timedlock, (mtx_t *, const struct timespec *))                                            \
    CALL(int, mtx_trylock, (mtx_t *))                                                                       \
    CALL(int, mtx_unlock, (mtx_t *))                                                                        \
    CALL(int, cnd_wait, (cnd_t *, mtx_t *))                                                                 \
    CALL(int, cnd_timedwait, (cnd_t *, mtx_t *, const struct timespec *))                                   \
    CALL(int, cnd_signal, (cnd_t *))                                                                        \
    CALL(int, cnd_broadcast, (cnd_t *))                                                                     \
    CALL(int, tss_create, (tss_t *, tss_dtor_t))                                                            \
    CALL(void, tss_delete, (tss_t))                                                                         \
    CALL(void *, tss_get, (tss_t))                                                                          \
    CALL(int, tss_set, (tss_t, void *))

#define GV_THREAD_REAL_CALLS(CALL)                                                                          \
    CALL(int, pthread_rwlock_tryrdlock, (pthread_rwlock_t *))                                               \
    CALL(int, pthread_rwlock_trywrlock, (pthread_rwlock_t *))                                               \
    CALL(int, pthread_spin_trylock, (pthread_spinlock_t *))                                                 \
    CALL(int, sem_trywait, (sem_t *))

#define GV_DECLARE(type, name, arguments) type gv_call_##name arguments;
#define GV_MEMBER(type, name, arguments) type(*name) arguments;

GV_THREAD_CALLS(GV_DECLARE)

/// The real calls, where a patch does not reach them.
typedef struct gv_thread_library {
    GV_THREAD_CALLS(GV_MEMBER)
    GV_THREAD_REAL_CALLS(GV_MEMBER)
} gv_thread_library;

extern const gv_thread_library gv_real_threads __attribute__((visibility("hidden")));

#undef GV_DECLARE
#undef GV_MEMBER

#define GV_THREAD_STAND_IN(call) GV_STAND_IN(GV_AREA_THREADS, call, gv_call_##call)

#endif
