// SPDX-License-Identifier: Apache-2.0
// Waits for any of several children, for which the kernel has no descriptor: a thread blocks in waitid, and takes
// nothing.
//
// That thread cannot be called back. Who is struck leaves it behind, so those who wait for the same share one watch,
// also one left behind: there is one thread for each question, however many come and go.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_child_wait.h"
#include "gv_own_descriptor.h"
#include <errno.h>
#include <gv_lock.h>
#include <stdlib.h>
#include <sys/eventfd.h>

typedef struct child_watch {
    struct child_watch *next;
    idtype_t kind;
    id_t number;
    int options;
    int event;                // readable once it has ended; -1 if there was none to be had
    uint32_t users;           // who waits by it, and its job
} child_watch;

static uint32_t watches_lock;
static child_watch *watches;  // those that have not ended

static void release(child_watch *watch) {
    gv_lock(&watches_lock);
    uint32_t users = --watch->users;
    gv_unlock(&watches_lock);
    if (users > 0) return;
    gv_close_own(watch->event);
    free(watch);
}

// Nobody finds it any more, and all who share it look again.
static void end(child_watch *watch) {
    gv_lock(&watches_lock);
    for (child_watch **link = &watches; *link; link = &(*link)->next)
        if (*link == watch) {
            *link = watch->next;
            break;
        }
    gv_unlock(&watches_lock);
    uint64_t one = 1;
    if (watch->event >= 0 && gv_libc.write(watch->event, &one, sizeof one) < 0) abort();
}

static void watch_children(void *context) {
    child_watch *watch = context;
    siginfo_t info;
    while (gv_libc.waitid(watch->kind, watch->number, &info, watch->options | WNOWAIT) != 0 && errno == EINTR) {}
    end(watch);
}

// Left behind: its job has run, or never will.
static void drop(void *context) {
    end(context);
    release(context);
}

static child_watch *make(idtype_t kind, id_t number, int options) {
    child_watch *watch = malloc(sizeof *watch);
    if (!watch) return 0;
    // Of the greenlet that makes it, and of the job.
    *watch = (child_watch){.kind = kind, .number = number, .options = options, .users = 2};
    watch->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return watch;
}

static bool has_question_of(const child_watch *watch, const child_watch *other) {
    return watch->kind == other->kind && watch->number == other->number && watch->options == other->options;
}

// Adds the watch, or else says which one has the same question.
static child_watch *add_or_share(child_watch *watch) {
    gv_lock(&watches_lock);
    child_watch *shared = watches;
    while (shared && !has_question_of(shared, watch)) shared = shared->next;
    if (shared) {
        shared->users++;
    } else {
        watch->next = watches;
        watches = watch;
    }
    gv_unlock(&watches_lock);
    return shared ? shared : watch;
}

enum { LOOK_AGAIN_AFTER = 50000000 };

static long wait_for_end(const child_watch *watch) {
    if (watch->event < 0) return gv_patch_hooks.sleep(LOOK_AGAIN_AFTER);
    struct pollfd entry = {.fd = watch->event, .events = POLLIN};
    return gv_patch_hooks.wait(&entry, 1, GV_FOREVER);
}

long gv_child_watch(idtype_t kind, id_t number, int options) {
    child_watch *own = make(kind, number, options);
    if (!own) return gv_patch_hooks.sleep(LOOK_AGAIN_AFTER);
    child_watch *watch = add_or_share(own);
    long outcome;
    if (watch == own) {
        outcome = gv_patch_hooks.offload_owned(GV_POOL_CHILDREN, watch_children, drop, own);
        if (outcome == 0) release(own);
    } else {
        gv_close_own(own->event);
        free(own);
        outcome = wait_for_end(watch);
    }
    release(watch);
    return outcome == -ECANCELED ? outcome : 0;
}
