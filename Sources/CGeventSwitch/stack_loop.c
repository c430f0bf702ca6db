// SPDX-License-Identifier: Apache-2.0
#include "include/gv_switch.h"

// Leaves a stack whose greenlet is done, and comes back when another one was bound to it.
static inline void leave(gv_hub *hub, gv_stack *stack, gv_greenlet *next) {
    if (stack->retires) {
        stack->next = hub->retired;
        hub->retired = stack;
    } else {
        stack->next = hub->idle;
        hub->idle = stack;
        hub->idle_count++;
    }
    gv_words_load(&hub->slots, &next->words);
    hub->current = next;
    if (hub->attention) gv_switch_attended(hub, &stack->sp, 0, next, false);
    else gv_context_swap(&stack->sp, next->sp);
}

// This frame outlives every greenlet that runs above it, so it holds nothing of theirs: a reused
// stack needs no preparation.
void gv_stack_entry(void *argument) {
    gv_stack *stack = argument;
    gv_hub *hub = stack->hub;
    gv_stack_announce(stack);
    for (;;) {
        stack->used = 1;
        hub->run(hub->current);
        // A greenlet that never ran starts right here; no switch is needed.
        gv_ready *entry = hub->ready_head;
        if (entry && hub->budget > 0 && entry->kind == GV_READY_GREENLET && !stack->retires) {
            gv_greenlet *greenlet = (gv_greenlet *)entry;
            if (!greenlet->sp && !greenlet->stack_size) {
                hub->budget--;
                hub->ready_head = entry->next;
                greenlet->stack = stack;
                // As a bound one has: else it would be given a second stack when it yields to nobody but itself.
                greenlet->sp = stack->sp;
                gv_words_load(&hub->slots, &greenlet->words);
                hub->current = greenlet;
                continue;
            }
        }
        leave(hub, stack, stack->retires ? &hub->loop : gv_next(hub));
    }
}
