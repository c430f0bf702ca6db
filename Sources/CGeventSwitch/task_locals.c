// SPDX-License-Identifier: Apache-2.0
// Task-local values outside of a task: a list whose head is in a cell that a thread-local word leads
// to; the cell is there while the list is not empty. A record of the list is next|kind, key, type of
// the value, and the value itself at its own alignment.
#define _GNU_SOURCE
#include "include/gv_isolation.h"
#include "runtime_calls.h"
#include <link.h>
#include <stdlib.h>
#include <string.h>

enum { KIND_MASK = 7, SNAPSHOT_WORDS = 8192, TASK_WORDS = 64, MOST_KEYS = 256 };

typedef struct { uintptr_t next; const void *key; const void *type; } item;

static item *item_next(const item *it) { return (item *)(it->next & ~(uintptr_t)KIND_MASK); }

// The parts of a type's value witness table that copying takes.
typedef struct {
    void *(*unused[2])(void);
    void *(*copy)(void *target, void *source, const void *type);
    void *(*more[5])(void);
    size_t size, stride;
    uint32_t flags, extra;
} witnesses;

static const witnesses *witnesses_of(const void *type) { return ((const witnesses **)type)[-1]; }

static size_t alignment_mask(const witnesses *w) { return w->flags & 0xff; }

static void *value_of(item *it) {
    size_t mask = alignment_mask(witnesses_of(it->type));
    return (void *)(((uintptr_t)(it + 1) + mask) & ~(uintptr_t)mask);
}

// Which kind bits a record with a value carries; learned from the first record ever pushed.
static uintptr_t value_kind = 0;

typedef struct { uintptr_t *before; size_t count; bool compares; const void *key; uintptr_t *word; int found; } snapshot;

static bool is_record(uintptr_t word, const void *key) {
    return word > 0xffff && word % 16 == 0 && ((item *)word)->key == key;
}

static bool leads_to_record(uintptr_t word, const void *key) {
    return word > 0xffff && word % 16 == 0 && is_record(*(uintptr_t *)word, key);
}

static int visit(struct dl_phdr_info *info, size_t size, void *argument) {
    snapshot *s = argument;
    if (size < offsetof(struct dl_phdr_info, dlpi_tls_data) + sizeof(void *) || !info->dlpi_tls_data) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_TLS) continue;
        uintptr_t *words = info->dlpi_tls_data;
        for (size_t w = 0; w < info->dlpi_phdr[i].p_memsz / sizeof *words && s->count < SNAPSHOT_WORDS; w++) {
            if (!s->compares) s->before[s->count] = words[w];
            else if (s->before[s->count] == 0 && leads_to_record(words[w], s->key)) {
                s->word = &words[w];
                s->found++;
            }
            s->count++;
        }
    }
    return 0;
}

void *gv_task_locals_probe(const void *key, intptr_t *value, intptr_t *place) {
    snapshot s = {.before = malloc(SNAPSHOT_WORDS * sizeof(uintptr_t)), .key = key};
    if (!s.before) return 0;
    dl_iterate_phdr(visit, &s);
    intptr_t copy = *value;
    swift_task_localValuePush(key, &copy, GV_INT_TYPE);
    s.count = 0;
    s.compares = true;
    dl_iterate_phdr(visit, &s);
    free(s.before);
    if (s.found != 1) return 0;
    item *it = *(item **)*s.word;
    value_kind = it->next & KIND_MASK;
    *place = (char *)s.word - (char *)__builtin_thread_pointer();
    return it;
}

// Inside a task the list hangs from the task object: the word of it that changes with a push.
static item *head_in_task(void **task) {
    static char key;
    void *before[TASK_WORDS];
    memcpy(before, task, sizeof before);
    intptr_t value = 0;
    swift_task_localValuePush(&key, &value, GV_INT_TYPE);
    item *head = 0;
    for (int w = 0; w < TASK_WORDS && !head; w++)
        if (task[w] != before[w] && is_record((uintptr_t)task[w], &key)) head = item_next((item *)task[w]);
    swift_task_localValuePop();
    return head;
}

static void push_copy(item *it) {
    const witnesses *w = witnesses_of(it->type);
    size_t mask = alignment_mask(w);
    char room[256], *storage = w->size + mask <= sizeof room ? room : malloc(w->size + mask);
    if (!storage) abort();
    void *target = (void *)(((uintptr_t)storage + mask) & ~(uintptr_t)mask);
    w->copy(target, value_of(it), it->type);
    swift_task_localValuePush(it->key, target, it->type);
    if (storage != room) free(storage);
}

__attribute__((noinline)) static void *copy_list(const gv_slots *slots, item *head) {
    item *kept[MOST_KEYS];
    int count = 0;
    for (item *it = head; it && count < MOST_KEYS; it = item_next(it)) {
        if ((it->next & KIND_MASK) != value_kind || !it->key) continue;
        int seen = 0;
        while (seen < count && kept[seen]->key != it->key) seen++;
        if (seen == count) kept[count++] = it;
    }
    void *task = slots->concurrency[0], *fallback = slots->concurrency[2];
    slots->concurrency[0] = slots->concurrency[2] = 0;
    while (count > 0) push_copy(kept[--count]);
    void *list = slots->concurrency[2];
    slots->concurrency[0] = task;
    slots->concurrency[2] = fallback;
    return list;
}

void *gv_task_locals_inherit(const gv_slots *slots) {
    void *task = slots->concurrency[0], *fallback = slots->concurrency[2];
    if (__builtin_expect(!task && !fallback, 1)) return 0;
    item *head = task ? head_in_task(task) : *(item **)fallback;
    return head ? copy_list(slots, head) : 0;
}

void gv_task_locals_drop(const gv_slots *slots) {
    while (slots->concurrency[2]) swift_task_localValuePop();
}

void gv_task_locals_free(const gv_slots *slots, void *list) {
    void *task = slots->concurrency[0], *fallback = slots->concurrency[2];
    slots->concurrency[0] = 0;
    slots->concurrency[2] = list;
    gv_task_locals_drop(slots);
    slots->concurrency[0] = task;
    slots->concurrency[2] = fallback;
}
