// SPDX-License-Identifier: Apache-2.0
#include "include/gv_wait.h"
#include <sched.h>
#include <time.h>

// Lets the processor's other half run.
static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    __asm__ __volatile__("yield");
#endif
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void gv_lock_slowly(uint32_t *lock) {
    // The holder runs a few instructions only, unless its thread lost the processor: then spinning
    // on would keep it from coming back.
    for (unsigned tries = 0;; tries++) {
        if (__atomic_load_n(lock, __ATOMIC_RELAXED) == 0
            && __atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) == 0) return;
        if (tries < 64) {
            relax();
        } else {
            sched_yield();
        }
    }
}

void gv_remote_push_entered(gv_hub *hub, gv_ready *entry) {
    if (!gv_is_helper) gv_hub_share(hub);
    gv_ready *head = __atomic_load_n(&hub->remote, __ATOMIC_RELAXED);
    do entry->next = head;
    while (!__atomic_compare_exchange_n(&hub->remote, &head, entry, true, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
    // Whoever finds the list not empty follows somebody who has already called.
    if (!head) hub->notify(hub);
}

void gv_remote_push(gv_hub *hub, gv_ready *entry) {
    // The moment the entry is in, the hub may run it and close: it waits for us before it does.
    __atomic_add_fetch(&hub->pushers, 1, __ATOMIC_ACQ_REL);
    gv_remote_push_entered(hub, entry);
    __atomic_sub_fetch(&hub->pushers, 1, __ATOMIC_RELEASE);
}

bool gv_remote_watch(gv_hub *hub, uint64_t nanoseconds) {
    uint64_t end = now() + nanoseconds;
    do {
        for (int tries = 0; tries < 32; tries++) {
            if (__atomic_load_n(&hub->remote, __ATOMIC_RELAXED)) return true;
            relax();
        }
    } while (now() < end);
    return false;
}

void gv_remote_await_pushers(gv_hub *hub) {
    while (__atomic_load_n(&hub->pushers, __ATOMIC_ACQUIRE) != 0) sched_yield();
}

bool gv_remote_take(gv_hub *hub) {
    if (__builtin_expect(__atomic_load_n(&hub->remote, __ATOMIC_RELAXED) == 0, 1)) return false;
    gv_ready *entry = __atomic_exchange_n(&hub->remote, 0, __ATOMIC_ACQ_REL), *first = 0;
    while (entry) {
        gv_ready *next = entry->next;
        entry->next = first;
        first = entry;
        entry = next;
    }
    while (first) {
        gv_ready *next = first->next;
        gv_ready_push(hub, first);
        first = next;
    }
    return true;
}

uint32_t gv_wait_wake_all(gv_wait_queue *queue) {
    uint32_t count = 0;
    gv_waiter *waiter;
    while ((waiter = gv_wait_claim_first(queue))) {
        gv_wake(waiter->greenlet);
        count++;
    }
    return count;
}
