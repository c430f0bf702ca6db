// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_isolation.h"
#include "runtime_calls.h"
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <gv_libc.h>
#include <pthread.h>
#include <string.h>

// A search through the thread-local blocks of all loaded objects, as this thread has them.
typedef struct {
    bool (*matches)(uintptr_t word, void *context);
    void *context;
    intptr_t place;
    int count;
} search;

static int search_object(struct dl_phdr_info *info, size_t size, void *argument) {
    search *found = argument;
    if (size < offsetof(struct dl_phdr_info, dlpi_tls_data) + sizeof(void *) || !info->dlpi_tls_data) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type != PT_TLS) continue;
        uintptr_t *words = (uintptr_t *)info->dlpi_tls_data;
        for (size_t w = 0; w < info->dlpi_phdr[i].p_memsz / sizeof(uintptr_t); w++) {
            if (!found->matches(words[w], found->context)) continue;
            found->place = (char *)&words[w] - (char *)__builtin_thread_pointer();
            found->count++;
        }
    }
    return 0;
}

static bool is_same(uintptr_t word, void *context) { return word == (uintptr_t)context; }

// Where exactly one thread-local word equals `value`.
static bool find_word(void *value, intptr_t *place) {
    search found = {.matches = is_same, .context = value};
    dl_iterate_phdr(search_object, &found);
    *place = found.place;
    return found.count == 1;
}

static void *at(intptr_t place) { return (char *)__builtin_thread_pointer() + place; }

static void find_access(gv_places *places) {
    if (!swift_beginAccess || !swift_endAccess) return;
    static char target;
    gv_access record[2] = {0};
    swift_beginAccess(&target, record, GV_ACCESS_MODIFY | GV_ACCESS_TRACKED, 0);
    places->has_access = find_word(record, &places->access);
    places->can_read_accesses = record[0].address == &target && gv_access_modifies(record)
        && gv_access_next(record) == 0;
    swift_endAccess(record);
    if (places->has_access) places->has_access = *(void **)at(places->access) == 0;
}

static void find_concurrency(gv_places *places) {
    if (!swift_task_localValuePush || !swift_task_localValuePop || !GV_INT_TYPE) return;
    static char key[64];
    intptr_t value = 42, fallback = 0;
    void **item = gv_task_locals_probe(key, &value, &fallback);
    bool found = item && item[2] == GV_INT_TYPE && (intptr_t)item[3] == value;
    swift_task_localValuePop();
    if (!found || *(void **)at(fallback) != 0) return;
    // Before it lie the active task and the executor, both empty on this thread.
    void **words = at(fallback - 2 * (intptr_t)sizeof(void *));
    places->has_concurrency = words[0] == 0 && words[1] == 0;
    places->concurrency = fallback - 2 * (intptr_t)sizeof(void *);
}

static void *find(void *argument) {
    gv_places *places = argument;
    find_access(places);
    find_concurrency(places);
    places->has_access_calls = swift_task_enterThreadLocalContext && swift_task_exitThreadLocalContext;
    places->has_exceptions = dlsym(RTLD_DEFAULT, "__cxa_get_globals") != 0;
    return 0;
}

gv_places gv_places_find(void) {
    gv_places places = {0};
    pthread_t thread;
    if (gv_libc.pthread_create(&thread, 0, find, &places) == 0) gv_libc.pthread_join(thread, 0);
    return places;
}

void gv_slots_fill(gv_hub *hub, const gv_places *places) {
    memset(hub->spare, 0, sizeof hub->spare);
    hub->slots.access = places->has_access ? at(places->access) : &hub->spare[0];
    hub->slots.concurrency = places->has_concurrency ? at(places->concurrency) : &hub->spare[1];
    void *(*globals)(void) = (void *(*)(void))dlsym(RTLD_DEFAULT, "__cxa_get_globals");
    hub->slots.exceptions = places->has_exceptions && globals ? globals() : &hub->spare[4];
    hub->slots.error_number = &errno;
}
