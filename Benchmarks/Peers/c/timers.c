// SPDX-License-Identifier: Apache-2.0
// What a sleep of a coroutine costs at least: timers exact|millisecond COUNT.
//
// Each coroutine sleeps for a random time of up to a second. A binary heap has them; the thread sleeps until the next
// one is due, or until the next whole millisecond, which wakes many at once.
#define _GNU_SOURCE
#include "context.h"
#include "measure.h"
#include <poll.h>
#include <sys/mman.h>

enum { stack_size = 16384, millisecond = 1000000 };

typedef struct {
    void *place;
    uint64_t duration;
} coroutine;

typedef struct {
    uint64_t due;
    coroutine *sleeper;
} entry;

static coroutine *current;
static void *main_place;
static entry *heap;
static long heap_count;

static void push(entry new) {
    long i = heap_count++;
    for (; i > 0 && heap[(i - 1) / 2].due > new.due; i = (i - 1) / 2) heap[i] = heap[(i - 1) / 2];
    heap[i] = new;
}

static entry pop(void) {
    entry first = heap[0], last = heap[--heap_count];
    long i = 0;
    for (;;) {
        long child = 2 * i + 1;
        if (child >= heap_count) break;
        if (child + 1 < heap_count && heap[child + 1].due < heap[child].due) child++;
        if (heap[child].due >= last.due) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return first;
}

static void body(void) {
    coroutine *self = current;
    push((entry){now() + self->duration, self});
    switch_context(&self->place, main_place);
    for (;;) switch_context(&self->place, main_place);
}

static void sleep_until(uint64_t due) {
    uint64_t time = now();
    if (due <= time) return;
    struct timespec left = {(time_t)((due - time) / 1000000000u), (long)((due - time) % 1000000000u)};
    ppoll(0, 0, &left, 0);
}

int main(int count, char **arguments) {
    long sleepers = number(count, arguments, 2);
    int is_exact = asked(arguments, "exact");
    coroutine *all = calloc((size_t)sleepers, sizeof *all);
    heap = malloc((size_t)sleepers * sizeof *heap);
    size_t size = (size_t)sleepers * stack_size;
    char *stacks = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (!all || !heap || stacks == MAP_FAILED || madvise(stacks, size, MADV_NOHUGEPAGE) != 0) return 1;
    srandom((unsigned)now());
    for (long i = 0; i < sleepers; i++) all[i].duration = (uint64_t)random() % 1000000000u;

    double cpu = cpu_seconds();
    for (long i = 0; i < sleepers; i++) {
        current = &all[i];
        switch_context(&main_place, make_context(stacks + i * stack_size, stack_size, body));
    }
    while (heap_count > 0) {
        for (uint64_t time = now(); heap_count > 0 && heap[0].due <= time;) {
            current = pop().sleeper;
            switch_context(&main_place, current->place);
        }
        if (heap_count == 0) break;
        uint64_t due = heap[0].due;
        sleep_until(is_exact ? due : (due + millisecond - 1) / millisecond * millisecond);
    }
    printf("cpu_s=%.4f\n", cpu_seconds() - cpu);
}
