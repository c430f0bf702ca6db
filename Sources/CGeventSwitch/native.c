// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_native.h"
#include "include/gv_wait.h"
#include <gv_libc.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    gv_hub hub; // first, so that its address is that of the whole
    gv_greenlet greenlet;
    sem_t arrived;
} gv_native;

static __thread gv_native *native_here;
static pthread_key_t native_key;
static pthread_once_t native_once = PTHREAD_ONCE_INIT;
static uint64_t native_count;

static void notify(gv_hub *hub) { gv_libc.sem_post(&((gv_native *)hub)->arrived); }

// The thread ends. It waits for nothing, so nobody will come; somebody may still be about to leave.
static void end(void *argument) {
    gv_native *native = argument;
    native_here = 0;
    gv_remote_await_pushers(&native->hub);
    sem_destroy(&native->arrived);
    free(native);
}

static void make_key(void) {
    if (gv_libc.pthread_key_create(&native_key, end) != 0) abort();
}

gv_hub *gv_native_hub(void) {
    if (native_here) return &native_here->hub;
    gv_native *native = calloc(1, sizeof *native);
    if (!native) abort();
    gv_hub *hub = &native->hub;
    hub->attention = GV_ATTEND_NATIVE;
    hub->notify = notify;
    // A switch keeps words of the thread for its greenlet; here there is nobody to keep them from.
    hub->slots = (gv_slots){&hub->spare[0], &hub->spare[1], &hub->spare[4], (int *)&hub->spare[6]};
    hub->main = hub->current = &native->greenlet;
    native->greenlet.hub = hub;
    native->greenlet.serial = __atomic_add_fetch(&native_count, 1, __ATOMIC_RELAXED);
    sem_init(&native->arrived, 0, 0);
    gv_libc.pthread_once(&native_once, make_key);
    if (gv_libc.pthread_setspecific(native_key, native) != 0) abort();
    native_here = native;
    return hub;
}

// Takes the greenlet out of what was handed over; false if it was not.
static bool take(gv_hub *hub) {
    if (!gv_remote_take(hub)) return false;
    // Nothing else is ever handed over to such a record.
    if (gv_ready_pop(hub) != &hub->main->ready || hub->ready_head) abort();
    return true;
}

void gv_native_park(gv_hub *hub) {
    gv_native *native = (gv_native *)hub;
    // The semaphore may hold a notice of an earlier time, so it does not decide.
    while (!take(hub)) while (gv_libc.sem_wait(&native->arrived) != 0) {}
}

void gv_native_park_until(gv_hub *hub, gv_waiter *waiter, uint64_t deadline) {
    gv_native *native = (gv_native *)hub;
    struct timespec time = {(time_t)(deadline / 1000000000u), (long)(deadline % 1000000000u)};
    while (!take(hub)) {
        if (gv_libc.sem_clockwait(&native->arrived, CLOCK_MONOTONIC, &time) == 0 || errno != ETIMEDOUT) continue;
        if (gv_claim(waiter, GV_TIMED_OUT)) return;
        // Somebody was faster and is about to hand over: the record of the wait must stay until then.
        return gv_native_park(hub);
    }
}
