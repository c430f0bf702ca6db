// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_context.h"
#include "include/bench_limits.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { STACK_SIZE = 16384, TICK = 1000000 };

typedef struct {
    void *context;
    uint64_t duration;
    uint64_t due;
    uint64_t late;
} sleeper;

static void *caller;
static sleeper **heap;
static long sleeping;

static void rise(long place, sleeper *moved) {
    for (; place > 0 && heap[(place - 1) / 2]->due > moved->due; place = (place - 1) / 2)
        heap[place] = heap[(place - 1) / 2];
    heap[place] = moved;
}

static sleeper *take_first(void) {
    sleeper *first = heap[0], *moved = heap[--sleeping];
    long place = 0, child = 1;
    for (; child < sleeping; place = child, child = 2 * place + 1) {
        if (child + 1 < sleeping && heap[child + 1]->due < heap[child]->due) child++;
        if (heap[child]->due >= moved->due) break;
        heap[place] = heap[child];
    }
    heap[place] = moved;
    return first;
}

static void sleep_once(void *argument) {
    sleeper *here = argument;
    here->due = limit_now() + here->duration;
    rise(sleeping++, here);
    gv_context_swap(&here->context, caller);
    here->late = limit_now() - here->due;
    for (;;) gv_context_swap(&here->context, caller);
}

static void wait_until(uint64_t due) {
    uint64_t tick = (due + TICK - 1) / TICK * TICK, now = limit_now();
    if (tick <= now) return;
    struct timespec left = {(time_t)((tick - now) / 1000000000), (long)((tick - now) % 1000000000)};
    ppoll(NULL, 0, &left, NULL);
}

static int by_size(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void wake_due(void) {
    uint64_t now = limit_now();
    while (sleeping > 0 && heap[0]->due <= now) gv_context_swap(&caller, take_first()->context);
}

limit_timers_cost limit_timers(const uint64_t *sleeps, long count, long batch) {
    sleeper *sleepers = calloc((size_t)count, sizeof *sleepers);
    uint64_t *late = calloc((size_t)count, sizeof *late);
    heap = calloc((size_t)count, sizeof *heap);
    char *stacks = stacks_map((size_t)count, STACK_SIZE);
    for (long i = 0; i < count; i++) {
        sleepers[i].duration = sleeps[i];
        stacks_top(stacks, STACK_SIZE, i)[-256] = 1;
    }
    uint64_t start = limit_cpu_time();
    for (long i = 0; i < count; i++) {
        gv_context_swap(&caller, gv_context_make(stacks_top(stacks, STACK_SIZE, i), sleep_once, &sleepers[i]));
        if ((i + 1) % batch == 0) wake_due();
    }
    while (sleeping > 0) {
        wait_until(heap[0]->due);
        wake_due();
    }
    uint64_t used = limit_cpu_time() - start;
    for (long i = 0; i < count; i++) late[i] = sleepers[i].late;
    qsort(late, (size_t)count, sizeof *late, by_size);
    limit_timers_cost cost = {(double)used / 1e9, (double)late[count * 99 / 100] / 1e6};
    munmap(stacks, (size_t)count * STACK_SIZE);
    free(heap);
    free(late);
    free(sleepers);
    return cost;
}
