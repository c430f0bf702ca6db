// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_hubs.h"
#include "include/gv_lock.h"
#include "include/gv_ready.h"
#include <gv_libc.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint32_t lock;
static gv_hub *first;
static void (*notify_added)(void);
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Of the hubs that a child inherits only the one of its only thread lives on, and the lock may have been held.
static void begin_child(void) {
    lock = 0;
    notify_added = 0;
    first = gv_this_hub;
    if (!first) return;
    first->hubs_next = first->hubs_previous = 0;
    first->thread = (int32_t)syscall(SYS_gettid);
}

static void watch_forks(void) { pthread_atfork(0, 0, begin_child); }

void gv_hubs_add(gv_hub *hub) {
    gv_libc.pthread_once(&once, watch_forks);
    hub->thread = (int32_t)syscall(SYS_gettid);
    gv_lock(&lock);
    hub->hubs_next = first;
    if (first) first->hubs_previous = hub;
    first = hub;
    gv_unlock(&lock);
    void (*added)(void) = __atomic_load_n(&notify_added, __ATOMIC_ACQUIRE);
    if (added) added();
}

void gv_hubs_remove(gv_hub *hub) {
    gv_lock(&lock);
    if (hub->hubs_previous) hub->hubs_previous->hubs_next = hub->hubs_next;
    else if (first == hub) first = hub->hubs_next;
    if (hub->hubs_next) hub->hubs_next->hubs_previous = hub->hubs_previous;
    hub->hubs_next = hub->hubs_previous = 0;
    gv_unlock(&lock);
}

void gv_hubs_notify(void (*added)(void)) { __atomic_store_n(&notify_added, added, __ATOMIC_RELEASE); }

// The hub's thread writes these words all the time, without a thought of readers. A word is read whole; words that do
// not belong together make a glance that is like no other, which is what a hub that moves looks like. Volatile and not
// atomic: ThreadSanitizer looks at atomic reads even where it is told not to look.
__attribute__((no_sanitize("thread"))) static void glance_at(const gv_hub *hub, gv_glance *glance) {
    const volatile gv_hub *it = hub;
    const gv_greenlet *current = it->current;
    glance->hub = it->number;
    glance->thread = it->thread;
    glance->current = (uintptr_t)current;
    glance->budget = it->budget;
    glance->pulse = it->pulse;
    glance->greenlets = it->live_count;
    glance->is_polling = (glance->pulse & 1) != 0;
    glance->is_loop = current == &hub->loop;
    glance->is_main = current == it->main;
}

size_t gv_hubs_glance(gv_glance *glances, size_t capacity) {
    size_t count = 0;
    gv_lock(&lock);
    for (const gv_hub *hub = first; hub; hub = hub->hubs_next, count++) {
        if (count < capacity) glance_at(hub, &glances[count]);
    }
    gv_unlock(&lock);
    return count;
}

bool gv_hubs_glance_again(uint64_t number, gv_glance *glance) {
    gv_lock(&lock);
    const gv_hub *hub = first;
    while (hub && hub->number != number) hub = hub->hubs_next;
    if (hub) glance_at(hub, glance);
    gv_unlock(&lock);
    return hub != 0;
}

bool gv_hubs_glance_here(gv_glance *glance) {
    if (!gv_this_hub) return false;
    glance_at(gv_this_hub, glance);
    return true;
}
