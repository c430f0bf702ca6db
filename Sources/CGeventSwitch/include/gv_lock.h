// SPDX-License-Identifier: Apache-2.0
// A lock of one word, held for a few instructions and never across a switch.
#ifndef GV_LOCK_H
#define GV_LOCK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Spins, then yields the processor, until the lock was free. Call `gv_lock` instead.
void gv_lock_slowly(uint32_t *lock);

/// Takes the lock. The holder must not wait, call out or switch.
static inline __attribute__((always_inline)) void gv_lock(uint32_t *lock) {
    if (__builtin_expect(__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) != 0, 0)) gv_lock_slowly(lock);
}

/// Gives the lock back.
static inline __attribute__((always_inline)) void gv_unlock(uint32_t *lock) {
    __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
}

#ifdef __cplusplus
}
#endif
#endif
