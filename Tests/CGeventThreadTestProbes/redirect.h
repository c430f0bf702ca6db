// SPDX-License-Identifier: Apache-2.0
// What a patch does to an object, done to a source file: the names of the C library mean the stand-ins.
#ifndef REDIRECT_H
#define REDIRECT_H

#include "../../Sources/CGeventPatch/Threads/gv_thread_calls.h"
#include <stdint.h>
#include <string.h>

#define CHECK(condition)                   \
    do {                                   \
        if (!(condition)) return __LINE__; \
    } while (0)

/// A wait that lets others run.
static inline void pause_for(unsigned milliseconds) { gv_patch_hooks.sleep(milliseconds * 1000000ull); }

/// A time on `clock`, from now.
static inline struct timespec time_in(clockid_t clock, long milliseconds) {
    struct timespec time;
    clock_gettime(clock, &time);
    time.tv_nsec += milliseconds * 1000000;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

#define pthread_create gv_call_pthread_create
#define pthread_join gv_call_pthread_join
#define pthread_tryjoin_np gv_call_pthread_tryjoin_np
#define pthread_timedjoin_np gv_call_pthread_timedjoin_np
#define pthread_clockjoin_np gv_call_pthread_clockjoin_np
#define pthread_detach gv_call_pthread_detach
#define pthread_self gv_call_pthread_self
#define pthread_exit gv_call_pthread_exit
#define __pthread_register_cancel gv_call___pthread_register_cancel
#define __pthread_unregister_cancel gv_call___pthread_unregister_cancel
#define __pthread_unwind_next gv_call___pthread_unwind_next
#define pthread_cancel gv_call_pthread_cancel
#define pthread_testcancel gv_call_pthread_testcancel
#define pthread_setcancelstate gv_call_pthread_setcancelstate
#define pthread_setcanceltype gv_call_pthread_setcanceltype
#define pthread_kill gv_call_pthread_kill
#define pthread_sigqueue gv_call_pthread_sigqueue
#define pthread_setname_np gv_call_pthread_setname_np
#define pthread_getname_np gv_call_pthread_getname_np
#define pthread_getattr_np gv_call_pthread_getattr_np
#define pthread_getcpuclockid gv_call_pthread_getcpuclockid
#define pthread_getschedparam gv_call_pthread_getschedparam
#define pthread_setschedparam gv_call_pthread_setschedparam
#define pthread_setschedprio gv_call_pthread_setschedprio
#define pthread_getaffinity_np gv_call_pthread_getaffinity_np
#define pthread_setaffinity_np gv_call_pthread_setaffinity_np
#define pthread_key_create gv_call_pthread_key_create
#define pthread_key_delete gv_call_pthread_key_delete
#define pthread_getspecific gv_call_pthread_getspecific
#define pthread_setspecific gv_call_pthread_setspecific
#define pthread_once gv_call_pthread_once
#define pthread_mutex_lock gv_call_pthread_mutex_lock
#define pthread_mutex_trylock gv_call_pthread_mutex_trylock
#define pthread_mutex_timedlock gv_call_pthread_mutex_timedlock
#define pthread_mutex_clocklock gv_call_pthread_mutex_clocklock
#define pthread_mutex_unlock gv_call_pthread_mutex_unlock
#define pthread_cond_wait gv_call_pthread_cond_wait
#define pthread_cond_timedwait gv_call_pthread_cond_timedwait
#define pthread_cond_clockwait gv_call_pthread_cond_clockwait
#define pthread_cond_signal gv_call_pthread_cond_signal
#define pthread_cond_broadcast gv_call_pthread_cond_broadcast
#define pthread_rwlock_rdlock gv_call_pthread_rwlock_rdlock
#define pthread_rwlock_timedrdlock gv_call_pthread_rwlock_timedrdlock
#define pthread_rwlock_clockrdlock gv_call_pthread_rwlock_clockrdlock
#define pthread_rwlock_wrlock gv_call_pthread_rwlock_wrlock
#define pthread_rwlock_timedwrlock gv_call_pthread_rwlock_timedwrlock
#define pthread_rwlock_clockwrlock gv_call_pthread_rwlock_clockwrlock
#define pthread_rwlock_unlock gv_call_pthread_rwlock_unlock
#define pthread_barrier_init gv_call_pthread_barrier_init
#define pthread_barrier_wait gv_call_pthread_barrier_wait
#define pthread_barrier_destroy gv_call_pthread_barrier_destroy
#define pthread_spin_lock gv_call_pthread_spin_lock
#define sem_wait gv_call_sem_wait
#define sem_timedwait gv_call_sem_timedwait
#define sem_clockwait gv_call_sem_clockwait
#define sem_post gv_call_sem_post
#define sched_yield gv_call_sched_yield
#define thrd_create gv_call_thrd_create
#define thrd_join gv_call_thrd_join
#define thrd_detach gv_call_thrd_detach
#define thrd_current gv_call_thrd_current
#define thrd_exit gv_call_thrd_exit
#define thrd_yield gv_call_thrd_yield
#define call_once gv_call_call_once
#define mtx_lock gv_call_mtx_lock
#define mtx_timedlock gv_call_mtx_timedlock
#define mtx_trylock gv_call_mtx_trylock
#define mtx_unlock gv_call_mtx_unlock
#define cnd_wait gv_call_cnd_wait
#define cnd_timedwait gv_call_cnd_timedwait
#define cnd_signal gv_call_cnd_signal
#define cnd_broadcast gv_call_cnd_broadcast
#define tss_create gv_call_tss_create
#define tss_delete gv_call_tss_delete
#define tss_get gv_call_tss_get
#define tss_set gv_call_tss_set

#endif
