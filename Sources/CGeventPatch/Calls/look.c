// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_look.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>

// The signals that are held back now, and are not by `mask`; false if there are none.
static bool opened_by(const sigset_t *mask, sigset_t *opened) {
    sigset_t now;
    bool some = false;
    if (pthread_sigmask(SIG_SETMASK, 0, &now) != 0) return false;
    sigemptyset(opened);
    for (int number = 1; number < NSIG; number++) {
        if (sigismember(&now, number) != 1 || sigismember(mask, number) != 0) continue;
        sigaddset(opened, number);
        some = true;
    }
    return some;
}

static int watch_on(const gv_watch *watch, gv_patience *patience, int before) {
    for (;;) {
        long answer = gv_patience_await(patience, watch->entries, watch->count);
        if (answer == -ECANCELED) return gv_patience_failed(answer, 0);
        // A number that was closed meanwhile is seen by the look, as are those whose time came with the end of ours.
        errno = before;
        int found = watch->look(watch->context);
        if (found != 0 || answer == 0) return found;
    }
}

static int watch_with_signals(const gv_watch *watch, gv_patience *patience, int before, int signals) {
    struct pollfd *entries = malloc((watch->count + 1) * sizeof *entries);
    if (!entries) {
        errno = ENOMEM;
        return -1;
    }
    if (watch->count) memcpy(entries, watch->entries, watch->count * sizeof *entries);
    entries[watch->count] = (struct pollfd){.fd = signals, .events = POLLIN};
    gv_watch both = *watch;
    both.entries = entries;
    both.count++;
    int found = watch_on(&both, patience, before);
    free(entries);
    return found;
}

int gv_watch_on(const gv_watch *watch, gv_patience patience, int before) {
    sigset_t opened;
    if (!watch->mask || !opened_by(watch->mask, &opened)) return watch_on(watch, &patience, before);
    int signals = signalfd(-1, &opened, SFD_CLOEXEC | SFD_NONBLOCK);
    // Without a descriptor for them we look now and then.
    if (signals == -1) patience.misses = UINT16_MAX;
    int found = signals == -1 ? watch_on(watch, &patience, before)
                              : watch_with_signals(watch, &patience, before, signals);
    int code = errno;
    if (signals != -1) gv_libc.close(signals);
    errno = code;
    return found;
}
