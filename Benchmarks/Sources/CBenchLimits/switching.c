// SPDX-License-Identifier: Apache-2.0
#include "bench_context.h"
#include "include/bench_limits.h"

#include <limits.h>
#include <stdlib.h>

enum { STACK_SIZE = 65536 };

// A `ret` that ends a switch is predicted to go back to its own caller. Both sides of each pair below
// switch at the same place in the code, so that this is right, as it is where greenlets of one kind
// wait in one kind of wait. From two places each switch costs a misprediction more, 5 to 10 ns.

typedef struct {
    void *contexts[2];
    volatile uintptr_t slot;
} pair;

// Switches from the context with this index to the other one, `count` times.
static __attribute__((noinline)) void alternate(pair *both, int here, long count) {
    while (count-- > 0) gv_context_swap(&both->contexts[here], both->contexts[!here]);
}

// The same, where each takes what the other has left in the slot and leaves one more.
static __attribute__((noinline)) void pass(pair *both, int here, long count) {
    while (count-- > 0) {
        uintptr_t received = both->slot;
        both->slot = received + 1;
        gv_context_swap(&both->contexts[here], both->contexts[!here]);
    }
}

static void alternate_always(void *both) {
    for (;;) alternate(both, 1, LONG_MAX);
}

static void pass_always(void *both) {
    for (;;) pass(both, 1, LONG_MAX);
}

static double measure(void (*act)(pair *, int, long), void (*entry)(void *), pair *both, long count) {
    char *stack = malloc(STACK_SIZE);
    both->contexts[1] = gv_context_make(stack + STACK_SIZE, entry, both);
    uint64_t start = limit_now();
    act(both, 0, count / 2);
    uint64_t end = limit_now();
    free(stack);
    return (double)(end - start) / (double)count;
}

double limit_switch(long count) {
    pair both = {0};
    return measure(alternate, alternate_always, &both, count);
}

double limit_handover(long count) {
    pair both = {0};
    double cost = measure(pass, pass_always, &both, count);
    if (both.slot != (uintptr_t)(count / 2) * 2) abort();
    return cost;
}
