// SPDX-License-Identifier: Apache-2.0
// What a coroutine costs: spawning reused|parked COUNT.
//
// reused: each is begun on the same stack, runs, and leaves. parked: all are on stacks of their own in one mapping
// without guards, are left in the middle, and then go on.
#include "context.h"
#include "measure.h"
#include <sys/mman.h>

enum { stack_size = 16384 };

static void *main_place, *current_place;
static long done;

static void body(void) {
    for (;;) {
        done++;
        switch_context(&current_place, main_place);
    }
}

static void measure_reused(long count) {
    char *stack = malloc(stack_size);
    uint64_t start = now();
    for (long i = 0; i < count; i++) switch_context(&main_place, make_context(stack, stack_size, body));
    printf("ns=%.3f\n", each(count, start));
}

static void measure_parked(long count) {
    long before = resident_bytes();
    void **places = malloc((size_t)count * sizeof *places);
    size_t all = (size_t)count * stack_size;
    char *stacks = mmap(0, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (!places || stacks == MAP_FAILED || madvise(stacks, all, MADV_NOHUGEPAGE) != 0) exit(1);
    uint64_t start = now();
    for (long i = 0; i < count; i++) {
        switch_context(&main_place, make_context(stacks + i * stack_size, stack_size, body));
        places[i] = current_place;
    }
    double spawning = each(count, start);
    long grown = resident_bytes() - before;
    start = now();
    for (long i = 0; i < count; i++) switch_context(&main_place, places[i]);
    double waking = each(count, start);
    printf("bytes=%ld spawn_ns=%.1f wake_ns=%.1f\n", grown / count, spawning, waking);
}

int main(int count, char **arguments) {
    long coroutines = number(count, arguments, 2);
    if (asked(arguments, "reused")) measure_reused(coroutines);
    else measure_parked(coroutines);
    return done < coroutines;
}
