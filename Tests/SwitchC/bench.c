// SPDX-License-Identifier: Apache-2.0
// What a switch costs depends on how well the processor predicts the returns after it: best where
// all stacks are parked at the end of the same chain of calls, worst where each has its own.
#include "pair.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { switches = 5 * 1000 * 1000, repeats = 9, most = 1000, small_stack = 8192 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void bounce(void *argument) {
    for (;;) go_near(argument);
}

__attribute__((noinline)) static void nest(struct pair *pair, void (*pass)(struct pair *),
                                           int depth) {
    if (depth == 0) pass(pair);
    else nest(pair, pass, depth - 1);
    __asm__ volatile("" ::: "memory");
}

static void bounce_deep(void *argument) {
    for (;;) nest(argument, go_near, 4);
}

static double measure_pair(void (*entry)(void *), int depth) {
    struct pair pair;
    pair_open(&pair, entry, &pair);
    double start = now();
    for (int i = 0; i < switches; i += 2) nest(&pair, go_far, depth);
    double elapsed = now() - start;
    pair_close(&pair);
    return elapsed / switches;
}

static void *ring[most];
static void *outside;
static int members, left;

static void take_turn(void *argument) {
    int self = (int)(intptr_t)argument;
    for (;;) {
        if (--left <= 0) gv_context_swap(&ring[self], outside);
        int next = self + 1 == members ? 0 : self + 1;
        gv_context_swap(&ring[self], ring[next]);
    }
}

static double measure_ring(int count) {
    // Tops at different places within a page, or all would share a few sets of the cache.
    char *stacks = malloc((size_t)count * small_stack);
    if (!stacks) abort();
    for (int i = 0; i < count; i++) {
        char *top = stacks + (size_t)(i + 1) * small_stack - (size_t)(i % 60) * 64;
        ring[i] = gv_context_make(top, take_turn, (void *)(intptr_t)i);
    }
    members = count;
    left = count;
    gv_context_swap(&outside, ring[0]);
    left = switches;
    double start = now();
    gv_context_swap(&outside, ring[count - 1]);
    double elapsed = now() - start;
    free(stacks);
    return elapsed / switches;
}

void bench(void) {
    double flat = 1e9, deep = 1e9, few = 1e9, many = 1e9;
    for (int i = 0; i < repeats; i++) {
        double result = measure_pair(bounce, 0);
        if (result < flat) flat = result;
        result = measure_pair(bounce_deep, 4);
        if (result < deep) deep = result;
        result = measure_ring(8);
        if (result < few) few = result;
        result = measure_ring(most);
        if (result < many) many = result;
    }
    printf("%6.2f ns/switch  two stacks, each with calls of its own\n", flat);
    printf("%6.2f ns/switch  two stacks, each parked under four more frames\n", deep);
    printf("%6.2f ns/switch  ring of 8 stacks that run the same code\n", few);
    printf("%6.2f ns/switch  ring of 1000 stacks that run the same code\n", many);
}
