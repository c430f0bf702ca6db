// SPDX-License-Identifier: Apache-2.0
// The switch between greenlets: registers by `gv_context_swap`, and the words of gv_words.
#ifndef GV_SWITCH_H
#define GV_SWITCH_H

#include "gv_context.h"
#include "gv_ready.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The part of a switch that only some builds need: sanitizers, the check of open accesses.
void gv_switch_attended(gv_hub *hub, void **save, gv_greenlet *from, gv_greenlet *to, bool ends);

/// Gives a greenlet that never ran an idle stack; false if the hub has to make one.
static inline __attribute__((always_inline)) bool gv_stack_bind(gv_hub *hub, gv_greenlet *greenlet) {
    gv_stack *stack = hub->idle;
    if (!stack || greenlet->stack_size) return false;
    hub->idle = stack->next;
    hub->idle_count--;
    greenlet->stack = stack;
    greenlet->sp = stack->sp;
    return true;
}

/// Keeps the thread's words for `greenlet`, which leaves.
static inline __attribute__((always_inline)) void gv_words_save(const gv_slots *slots, gv_words *words) {
    words->access = *slots->access;
    words->concurrency[0] = slots->concurrency[0];
    words->concurrency[1] = slots->concurrency[1];
    words->concurrency[2] = slots->concurrency[2];
    words->exceptions[0] = slots->exceptions[0];
    words->exceptions[1] = slots->exceptions[1];
    words->error_number = *slots->error_number;
}

/// Makes `words` the thread's own, for the greenlet that comes.
static inline __attribute__((always_inline)) void gv_words_load(const gv_slots *slots, const gv_words *words) {
    *slots->access = words->access;
    slots->concurrency[0] = words->concurrency[0];
    slots->concurrency[1] = words->concurrency[1];
    slots->concurrency[2] = words->concurrency[2];
    slots->exceptions[0] = words->exceptions[0];
    slots->exceptions[1] = words->exceptions[1];
    *slots->error_number = words->error_number;
}

/// The greenlet that runs next: the first ready one, or the hub's own if nobody is ready, a
/// callback is due, a stack must be made, or timers and I/O have waited long enough.
static inline __attribute__((always_inline)) gv_greenlet *gv_next(gv_hub *hub) {
    gv_ready *entry = hub->ready_head;
    if (__builtin_expect(!entry || --hub->budget < 0 || entry->kind != GV_READY_GREENLET, 0)) return &hub->loop;
    gv_greenlet *greenlet = (gv_greenlet *)entry;
    if (__builtin_expect(!greenlet->sp, 0) && !gv_stack_bind(hub, greenlet)) return &hub->loop;
    hub->ready_head = entry->next;
    gv_ready_prefetch(entry->next);
    return greenlet;
}

/// Leaves `from`, which is running, for `to`.
static inline __attribute__((always_inline)) void gv_switch(gv_hub *hub, gv_greenlet *from, gv_greenlet *to) {
    gv_words_save(&hub->slots, &from->words);
    gv_words_load(&hub->slots, &to->words);
    hub->current = to;
    if (__builtin_expect(hub->attention != 0, 0)) gv_switch_attended(hub, &from->sp, from, to, false);
    else gv_context_swap(&from->sp, to->sp);
}

/// Leaves the running greenlet for the next one. Whoever wakes it puts it into the ready queue.
static inline __attribute__((always_inline)) void gv_park(gv_hub *hub) {
    gv_greenlet *here = hub->current, *next = gv_next(hub);
    if (__builtin_expect(next != here, 1)) gv_switch(hub, here, next);
}

/// Runs greenlets on `stack`, one after the other, for as long as the program lives.
void gv_stack_entry(void *stack);

/// Tells the sanitizers, where built with one, of a new stack or of one that goes.
void gv_stack_announce(gv_stack *stack);
void gv_stack_renounce(gv_stack *stack);

/// The attention bits that this build needs.
uint32_t gv_attention_needed(void);

#ifdef __cplusplus
}
#endif
#endif
