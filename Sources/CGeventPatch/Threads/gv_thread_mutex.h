// SPDX-License-Identifier: Apache-2.0
// Who holds a mutex, where the C library's owner, a kernel thread, does not say which of its greenlets it is.
//
// A recursive or error-checking mutex notes its greenlet in the two words that only robust mutexes use, which then are
// zero.
// They are written by the holder of the real mutex, and say more than "not me" to nobody else.
#ifndef GV_THREAD_MUTEX_H
#define GV_THREAD_MUTEX_H

#include "gv_thread_calls.h"
#include <stdbool.h>
#include <stdint.h>

enum { GV_KIND_TYPE = 3, GV_KIND_ROBUST = 16, GV_KIND_INHERITS = 32, GV_KIND_PROTECTS = 64, GV_KIND_SHARED = 128 };

static inline uint32_t gv_mutex_kind(const pthread_mutex_t *mutex) {
    return (uint32_t)__atomic_load_n(&mutex->__data.__kind, __ATOMIC_RELAXED);
}

/// Whether more than a word decides, so that the real calls are left to themselves and looked at again and again.
static inline bool gv_mutex_is_special(uint32_t kind) {
    return (kind & (GV_KIND_ROBUST | GV_KIND_INHERITS | GV_KIND_PROTECTS | GV_KIND_SHARED)) != 0;
}

/// Whether it has to know its greenlet.
static inline bool gv_mutex_is_owned(uint32_t kind) {
    uint32_t type = kind & GV_KIND_TYPE;
    return (type == PTHREAD_MUTEX_RECURSIVE_NP || type == PTHREAD_MUTEX_ERRORCHECK_NP) && !gv_mutex_is_special(kind);
}

static inline uintptr_t *gv_mutex_owner(pthread_mutex_t *mutex) { return (uintptr_t *)&mutex->__data.__list.__prev; }

static inline uintptr_t *gv_mutex_depth(pthread_mutex_t *mutex) { return (uintptr_t *)&mutex->__data.__list.__next; }

/// Unlocks and wakes, but never lets others run at once. `yields` says whether the caller should.
int gv_mutex_give(pthread_mutex_t *mutex, bool *yields);

/// Locks, whatever strikes meanwhile.
int gv_mutex_take(pthread_mutex_t *mutex, uint64_t timeout);

#endif
