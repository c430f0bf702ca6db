// SPDX-License-Identifier: Apache-2.0
// The threads of C11, which are those of POSIX by other names.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>

static int answer_of(int error) {
    switch (error) {
    case 0: return thrd_success;
    case EBUSY: return thrd_busy;
    case ETIMEDOUT: return thrd_timedout;
    case ENOMEM: return thrd_nomem;
    default: return thrd_error;
    }
}

// The routine returns a number, which is kept in the place of an address.
int gv_call_thrd_create(thrd_t *thread, thrd_start_t routine, void *argument) {
    return answer_of(gv_call_pthread_create(thread, NULL, (void *(*)(void *))(void *)routine, argument));
}

int gv_call_thrd_join(thrd_t thread, int *result) {
    void *kept;
    int error = gv_call_pthread_join(thread, &kept);
    if (error == 0 && result) *result = (int)(intptr_t)kept;
    return answer_of(error);
}

int gv_call_thrd_detach(thrd_t thread) { return answer_of(gv_call_pthread_detach(thread)); }

thrd_t gv_call_thrd_current(void) { return gv_call_pthread_self(); }

void gv_call_thrd_exit(int result) { gv_call_pthread_exit((void *)(intptr_t)result); }

int gv_call_mtx_lock(mtx_t *mutex) { return answer_of(gv_call_pthread_mutex_lock((pthread_mutex_t *)mutex)); }

int gv_call_mtx_trylock(mtx_t *mutex) { return answer_of(gv_call_pthread_mutex_trylock((pthread_mutex_t *)mutex)); }

int gv_call_mtx_unlock(mtx_t *mutex) { return answer_of(gv_call_pthread_mutex_unlock((pthread_mutex_t *)mutex)); }

int gv_call_mtx_timedlock(mtx_t *mutex, const struct timespec *time) {
    return answer_of(gv_call_pthread_mutex_timedlock((pthread_mutex_t *)mutex, time));
}

int gv_call_cnd_wait(cnd_t *cond, mtx_t *mutex) {
    return answer_of(gv_call_pthread_cond_wait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex));
}

int gv_call_cnd_timedwait(cnd_t *cond, mtx_t *mutex, const struct timespec *time) {
    return answer_of(gv_call_pthread_cond_timedwait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex, time));
}

int gv_call_cnd_signal(cnd_t *cond) { return answer_of(gv_call_pthread_cond_signal((pthread_cond_t *)cond)); }

int gv_call_cnd_broadcast(cnd_t *cond) { return answer_of(gv_call_pthread_cond_broadcast((pthread_cond_t *)cond)); }

int gv_call_tss_create(tss_t *key, tss_dtor_t destructor) {
    return answer_of(gv_call_pthread_key_create(key, destructor));
}

void gv_call_tss_delete(tss_t key) { gv_call_pthread_key_delete(key); }

void *gv_call_tss_get(tss_t key) { return gv_call_pthread_getspecific(key); }

int gv_call_tss_set(tss_t key, void *value) { return answer_of(gv_call_pthread_setspecific(key, value)); }

GV_THREAD_STAND_IN(thrd_create);
GV_THREAD_STAND_IN(thrd_join);
GV_THREAD_STAND_IN(thrd_detach);
GV_THREAD_STAND_IN(thrd_current);
GV_THREAD_STAND_IN(thrd_exit);
GV_THREAD_STAND_IN(mtx_lock);
GV_THREAD_STAND_IN(mtx_trylock);
GV_THREAD_STAND_IN(mtx_unlock);
GV_THREAD_STAND_IN(mtx_timedlock);
GV_THREAD_STAND_IN(cnd_wait);
GV_THREAD_STAND_IN(cnd_timedwait);
GV_THREAD_STAND_IN(cnd_signal);
GV_THREAD_STAND_IN(cnd_broadcast);
GV_THREAD_STAND_IN(tss_create);
GV_THREAD_STAND_IN(tss_delete);
GV_THREAD_STAND_IN(tss_get);
GV_THREAD_STAND_IN(tss_set);
