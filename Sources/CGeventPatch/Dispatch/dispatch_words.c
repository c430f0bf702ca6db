// SPDX-License-Identifier: Apache-2.0
// The words are found by behaviour, on a thread of our own: what changes in libdispatch's thread-local block when a queue is
// entered, and again in a second queue within it, must be the queue and the innermost of a chain of frames.
#define _GNU_SOURCE 1
#include "gv_dispatch_probe.h"
#include "../include/gv_dispatch.h"
#include <gv_libc.h>
#include <stdint.h>

static ptrdiff_t queue_offset, frame_offset;
static int is_found;

static inline void **word(ptrdiff_t offset) { return (void **)((char *)__builtin_thread_pointer() + offset); }

static void find(void) {
    pthread_t thread;
    gv_dispatch_probe probe = {0}, here = {0};
    if (gv_libc.pthread_create(&thread, 0, gv_dispatch_try, &probe) != 0) return;
    gv_libc.pthread_join(thread, 0);
    // The block lies at one distance from every thread's own address, or its words cannot be told without asking.
    if (!probe.is_right || !gv_dispatch_block(&here) || here.distance != probe.distance) return;
    queue_offset = probe.distance + (ptrdiff_t)(probe.queue_word * sizeof(void *));
    frame_offset = probe.distance + (ptrdiff_t)(probe.frame_word * sizeof(void *));
    __atomic_store_n(&is_found, 1, __ATOMIC_RELEASE);
}

void gv_dispatch_find(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    gv_libc.pthread_once(&once, find);
}

gv_dispatch_place gv_dispatch_leave(void) {
    gv_dispatch_place place = {0, 0};
    if (!__atomic_load_n(&is_found, __ATOMIC_ACQUIRE)) return place;
    place.queue = *word(queue_offset);
    place.frame = *word(frame_offset);
    if (!place.frame) return place;
    const gv_dispatch_frame *outermost = place.frame;
    while (outermost->previous) outermost = outermost->previous;
    *word(queue_offset) = outermost->queue;
    *word(frame_offset) = 0;
    return place;
}

void gv_dispatch_return(gv_dispatch_place place) {
    if (!__atomic_load_n(&is_found, __ATOMIC_ACQUIRE)) return;
    *word(queue_offset) = place.queue;
    *word(frame_offset) = place.frame;
}
