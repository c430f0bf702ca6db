// SPDX-License-Identifier: Apache-2.0
// What the kernel calls in place of a user's handler. All of it may be called in a signal handler.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_handlers.h"
#include <errno.h>
#include <string.h>

gv_plain_handler gv_plain_handlers[_NSIG];
gv_info_handler gv_info_handlers[_NSIG];

enum { MARK_WORDS = 8, KEPT_RECORDS = 16 };

// A handler that runs, or was left by siglongjmp: its frame goes unnoticed then, and what tells is what was found here.
typedef struct {
    const gv_greenlet *greenlet;
    uint64_t serial;                 // of the greenlet: its memory goes to others
    const volatile uintptr_t *mark;  // in the frame that called the handler
    uintptr_t value;                 // of each of its words
    const char *alternate;           // the alternate stack, if the frame lies on it
    size_t alternate_size;
} handler_record;

static __thread handler_record records[KEPT_RECORDS] __attribute__((tls_model("initial-exec")));
static __thread gv_handler_waiter *volatile waiters __attribute__((tls_model("initial-exec")));
static uintptr_t marks_given;

static bool is_on_alternate(const handler_record *record, const char *here) {
    return record->alternate && here >= record->alternate && here < record->alternate + record->alternate_size;
}

static const gv_greenlet *greenlet_here(void) {
    const gv_hub *hub = gv_this_hub;
    return hub ? hub->current : 0;
}

// Whether who asks from `here` was called by the handler. No handler switches greenlets. What it calls lies below its
// frame, on its stack; a handler that interrupts it may have been given another. What is called after siglongjmp lies
// above, or comes to lie over the mark in time.
__attribute__((no_sanitize("address", "thread"))) static bool runs(
    const handler_record *record, const char *here, bool is_elsewhere) {
    const gv_greenlet *greenlet = greenlet_here();
    if (record->greenlet != greenlet || (greenlet && record->serial != greenlet->serial)) return false;
    if (record->alternate && !is_on_alternate(record, here)) return false;
    if (!is_elsewhere && here >= (const char *)record->mark) return false;
    for (int word = 0; word < MARK_WORDS; word++)
        if (record->mark[word] != record->value) return false;
    return true;
}

// The depth less the handlers that were left. Who nests more deeply than there are records leaves with the last of
// them.
static uint32_t depth_from(const char *here, bool is_elsewhere) {
    uint32_t depth = gv_signal_depth, left = depth < KEPT_RECORDS ? depth : KEPT_RECORDS;
    while (left > 0 && !runs(&records[left - 1], here, is_elsewhere)) left--;
    return left == KEPT_RECORDS ? depth : left;
}

bool gv_signal_is_over(void) {
    gv_signal_depth = depth_from(__builtin_frame_address(0), false);
    return gv_signal_depth == 0;
}

void gv_handler_waiter_add(gv_handler_waiter *waiter) {
    waiter->next = waiters;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    waiters = waiter;
}

void gv_handler_waiter_remove(gv_handler_waiter *waiter) {
    if (waiters == waiter) {
        waiters = waiter->next;
        return;
    }
    for (gv_handler_waiter *other = waiters; other; other = other->next)
        if (other->next == waiter) other->next = waiter->next;
}

static void tell_waiters(void) {
    int before = errno;
    for (gv_handler_waiter *waiter = waiters; waiter; waiter = waiter->next) {
        waiter->has_run = true;
        uint64_t one = 1;
        // Full is as good as told.
        if (waiter->event >= 0 && gv_libc.write(waiter->event, &one, sizeof one) < 0) continue;
    }
    errno = before;
}

// A handler may interrupt this one anywhere, and then puts back what it has changed; or it never comes back here.
__attribute__((noinline, no_sanitize("address", "thread"))) static void run(
    gv_plain_handler plain, gv_info_handler with_info, int number, siginfo_t *info, void *context) {
    volatile uintptr_t mark[MARK_WORDS];
    stack_t stack = {0};
    sigaltstack(0, &stack);
    bool is_on_other = stack.ss_flags & SS_ONSTACK;
    const gv_greenlet *greenlet = greenlet_here();
    uint32_t depth = depth_from(__builtin_frame_address(0), is_on_other);
    handler_record record = {
        .greenlet = greenlet,
        .serial = greenlet ? greenlet->serial : 0,
        .mark = mark,
        .value = __atomic_add_fetch(&marks_given, 1, __ATOMIC_RELAXED) * UINT64_C(0x9E3779B97F4A7C15),
        .alternate = is_on_other ? stack.ss_sp : 0,
        .alternate_size = stack.ss_size};
    for (int word = 0; word < MARK_WORDS; word++) mark[word] = record.value;

    handler_record *place = depth < KEPT_RECORDS ? &records[depth] : 0, before;
    if (place) {
        before = *place;
        *place = record;
    }
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    gv_signal_depth = depth + 1;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    if (with_info) with_info(number, info, context);
    else plain(number);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    gv_signal_depth = depth;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    if (place) *place = before;
    if (waiters) tell_waiters();
}

void gv_deliver_plain(int number) {
    gv_plain_handler handler = __atomic_load_n(&gv_plain_handlers[number], __ATOMIC_ACQUIRE);
    if (handler) run(handler, 0, number, 0, 0);
}

void gv_deliver_info(int number, siginfo_t *info, void *context) {
    gv_info_handler handler = __atomic_load_n(&gv_info_handlers[number], __ATOMIC_ACQUIRE);
    if (handler) run(0, handler, number, info, context);
}
