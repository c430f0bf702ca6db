// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_context.h"
#include "include/bench_limits.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { STACK_SIZE = 65536, GUARD_SIZE = 4096 };
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

typedef struct item {
    struct item *next;
    const void *key;
    const void *type;
    void *value;
} item;

static void *caller;
static void *callee;
static item *given;
static long entered;

static void enter(void *argument) {
    (void)argument;
    for (;;) {
        entered++;
        gv_context_swap(&callee, caller);
    }
}

static item *copy(const item *list) {
    item *first = NULL, **end = &first;
    for (; list; list = list->next) {
        item *made = malloc(sizeof *made);
        *made = *list;
        *end = made;
        end = &made->next;
    }
    *end = NULL;
    return first;
}

static void discard(item *list) {
    while (list) {
        item *next = list->next;
        free(list);
        list = next;
    }
}

// Both sides of a spawn, in one loop so that both switch at one place (see switching.c): the
// spawner gives its stack something to run and goes there, the stack runs it and goes back.
static __attribute__((noinline)) void spawn(bool spawns, long count, const item *locals) {
    while (count-- > 0) {
        if (spawns) {
            given = copy(locals);
        } else {
            discard(given);
            entered++;
        }
        gv_context_swap(spawns ? &caller : &callee, spawns ? callee : caller);
    }
}

static void run_always(void *argument) {
    (void)argument;
    for (;;) spawn(false, LONG_MAX, NULL);
}

double limit_spawn(long count, int local_count) {
    char *stack = malloc(STACK_SIZE);
    item *locals = NULL;
    for (int i = 0; i < local_count; i++) {
        item *made = calloc(1, sizeof *made);
        made->next = locals;
        locals = made;
    }
    callee = gv_context_make(stack + STACK_SIZE, run_always, NULL);
    entered = 0;
    uint64_t start = limit_now();
    spawn(true, count, locals);
    uint64_t end = limit_now();
    if (entered != count) abort();
    discard(locals);
    free(stack);
    return (double)(end - start) / (double)count;
}

// Each gets a record of its own, as large as one that a scheduler needs; the stack is the same for all.
double limit_spawn_alive(long count) {
    enum { RECORD_SIZE = 256 };
    char *stack = malloc(STACK_SIZE);
    item *first = NULL, **end = &first;
    callee = gv_context_make(stack + STACK_SIZE, enter, NULL);
    entered = 0;
    uint64_t start = limit_now();
    for (long i = 0; i < count; i++) {
        item *made = calloc(1, RECORD_SIZE);
        *end = made;
        end = &made->next;
    }
    while (first) {
        item *next = first->next;
        gv_context_swap(&caller, callee);
        free(first);
        first = next;
    }
    uint64_t over = limit_now();
    if (entered != count) abort();
    free(stack);
    return (double)(over - start) / (double)count;
}

double limit_spawn_cold(long count) {
    size_t place = STACK_SIZE + GUARD_SIZE;
    char *stacks = stacks_map((size_t)count, place);
    void **contexts = malloc((size_t)count * sizeof *contexts);
    uint64_t start = limit_now();
    for (long i = 0; i < count; i++) {
        madvise(stacks + (size_t)i * place, GUARD_SIZE, MADV_GUARD_INSTALL);
        gv_context_swap(&caller, gv_context_make(stacks_top(stacks, place, i), enter, NULL));
        contexts[i] = callee;
    }
    for (long i = 0; i < count; i++) gv_context_swap(&caller, contexts[i]);
    uint64_t end = limit_now();
    free(contexts);
    munmap(stacks, (size_t)count * place);
    return (double)(end - start) / (double)count;
}
