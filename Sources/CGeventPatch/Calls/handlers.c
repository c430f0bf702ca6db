// SPDX-License-Identifier: Apache-2.0
// sigaction, signal and their kin: the kernel gets a function of ours, the caller sees its own.
//
// They do so on any thread, since a handler runs on whichever the kernel chooses. A handler that was installed before
// the patch, or by an object that is not patched, is the user's own: in it patched calls are not told that they are.
#define _GNU_SOURCE 1
#include "gv_handlers.h"
#include "../gv_stand_in.h"
#include "gv_real.h"
#include "gv_signal_calls.h"
#include <errno.h>
#include <gv_lock.h>

static uint32_t handlers_lock;

// sigaction may be called in a handler, which must not find the lock taken by what it has interrupted.
static sigset_t lock_handlers(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    gv_lock(&handlers_lock);
    return before;
}

static void unlock_handlers(sigset_t before) {
    gv_unlock(&handlers_lock);
    pthread_sigmask(SIG_SETMASK, &before, 0);
}

void gv_handlers_forked(void) { gv_unlock(&handlers_lock); }

static bool is_function(gv_plain_handler handler) {
    return handler != SIG_DFL && handler != SIG_IGN && handler != SIG_ERR && handler != SIG_HOLD;
}

static bool is_ours(gv_plain_handler handler) {
    return handler == gv_deliver_plain || handler == (gv_plain_handler)(void *)gv_deliver_info;
}

// The handler as the user knows it.
static gv_plain_handler users(int number, gv_plain_handler handler) {
    if (handler == gv_deliver_plain) return gv_plain_handlers[number];
    if (is_ours(handler)) return (gv_plain_handler)(void *)gv_info_handlers[number];
    return handler;
}

// What to install for it. The word is stored first: a signal may come at once, and finds either of the two.
static gv_plain_handler wrapped(int number, gv_plain_handler handler, bool has_info) {
    if (gv_patch_is_off || !is_function(handler) || is_ours(handler)) return handler;
    if (has_info) {
        __atomic_store_n(&gv_info_handlers[number], (gv_info_handler)(void *)handler, __ATOMIC_RELEASE);
        return (gv_plain_handler)(void *)gv_deliver_info;
    }
    __atomic_store_n(&gv_plain_handlers[number], handler, __ATOMIC_RELEASE);
    return gv_deliver_plain;
}

static bool is_number(int number) { return number > 0 && number < _NSIG && number != SIGKILL && number != SIGSTOP; }

static int set_action(int number, const struct sigaction *action, struct sigaction *previous) {
    struct sigaction now, own;
    if (gv_libc.sigaction(number, 0, &now) != 0) return -1;
    gv_plain_handler before = users(number, now.sa_handler);
    if (action) {
        own = *action;
        own.sa_handler = wrapped(number, action->sa_handler, action->sa_flags & SA_SIGINFO);
        if (gv_libc.sigaction(number, &own, &now) != 0) return -1;
    }
    // What SA_RESETHAND has put back since is not ours any more.
    if (is_ours(now.sa_handler)) now.sa_handler = before;
    if (previous) *previous = now;
    return 0;
}

int gv_call_sigaction(int number, const struct sigaction *action, struct sigaction *previous) {
    if (!is_number(number)) return gv_libc.sigaction(number, action, previous);
    struct sigaction asked;
    if (action) asked = *action;
    sigset_t mask = lock_handlers();
    int outcome = set_action(number, action ? &asked : 0, previous);
    unlock_handlers(mask);
    return outcome;
}

// The real function knows what siginterrupt has said, and which flags are its own.
static gv_plain_handler install(gv_plain_handler (*real)(int, gv_plain_handler), int number, gv_plain_handler handler) {
    if (!is_number(number)) return real(number, handler);
    sigset_t mask = lock_handlers();
    struct sigaction now;
    gv_plain_handler before = SIG_ERR;
    if (gv_libc.sigaction(number, 0, &now) == 0) {
        gv_plain_handler mine = users(number, now.sa_handler);
        before = real(number, wrapped(number, handler, false));
        if (is_ours(before)) before = mine;
    }
    unlock_handlers(mask);
    return before;
}

gv_signal_handler gv_call_signal(int number, gv_signal_handler handler) {
    return install(gv_real.signal, number, handler);
}

gv_signal_handler gv_call_sysv_signal(int number, gv_signal_handler handler) {
    return install(gv_real.sysv_signal, number, handler);
}

gv_signal_handler gv_call_sigset(int number, gv_signal_handler handler) {
    return install(gv_real.sigset, number, handler);
}

static bool is_fault(int number) {
    return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE || number == SIGTRAP;
}

void gv_handlers_adopt(void) {
    int before = errno;
    sigset_t mask = lock_handlers();
    for (int number = 1; number < _NSIG; number++) {
        struct sigaction now;
        if (!is_number(number) || is_fault(number) || gv_libc.sigaction(number, 0, &now) != 0) continue;
        if (is_function(now.sa_handler) && !is_ours(now.sa_handler)) set_action(number, &now, 0);
    }
    unlock_handlers(mask);
    errno = before;
}

GV_STAND_IN(GV_AREA_SIGNAL, sigaction, gv_call_sigaction);
GV_STAND_IN(GV_AREA_SIGNAL, __sigaction, gv_call_sigaction);
GV_STAND_IN(GV_AREA_SIGNAL, signal, gv_call_signal);
GV_STAND_IN(GV_AREA_SIGNAL, bsd_signal, gv_call_signal);
GV_STAND_IN(GV_AREA_SIGNAL, ssignal, gv_call_signal);
GV_STAND_IN(GV_AREA_SIGNAL, __sysv_signal, gv_call_sysv_signal);
GV_STAND_IN(GV_AREA_SIGNAL, sysv_signal, gv_call_sysv_signal);
GV_STAND_IN(GV_AREA_SIGNAL, sigset, gv_call_sigset);
