// SPDX-License-Identifier: Apache-2.0
// sigwait and its kin: a signalfd says that a signal is pending, the real call takes it.
//
// As POSIX asks, the caller has blocked the signals. Others run on its thread meanwhile, so one that is not blocked is
// delivered as ever, and not kept for the wait.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_back_off.h"
#include "gv_own_descriptor.h"
#include "gv_signal_calls.h"
#include <errno.h>
#include <sys/signalfd.h>

static const struct timespec NO_TIME;

static bool is_valid(const struct timespec *time) {
    return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < 1000000000;
}

static uint64_t deadline_after(const struct timespec *timeout) {
    uint64_t duration, deadline;
    if (!timeout) return GV_FOREVER;
    if (__builtin_mul_overflow((uint64_t)timeout->tv_sec, UINT64_C(1000000000), &duration)) return GV_FOREVER;
    if (__builtin_add_overflow(duration, (uint64_t)timeout->tv_nsec, &duration)) return GV_FOREVER;
    if (__builtin_add_overflow(gv_patch_hooks.now(), duration, &deadline)) return GV_FOREVER;
    return deadline;
}

// 1: look again; 0: the time is up; -ECANCELED.
static long wait_once(int fd, uint64_t deadline, gv_back_off *back_off) {
    uint64_t now = gv_patch_hooks.now(), limit = GV_FOREVER;
    if (deadline != GV_FOREVER && now >= deadline) return 0;
    if (deadline != GV_FOREVER) limit = deadline - now;
    // Too many descriptors: by looking now and then.
    if (fd < 0) return gv_back_off_wait(back_off) != 0 ? -ECANCELED : 1;
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    long outcome = gv_patch_hooks.wait(&entry, 1, limit);
    return outcome == 0 || outcome == -ECANCELED ? outcome : 1;
}

// A signal's number, or -1 and errno. A handler that runs meanwhile does not end it.
static int take(const sigset_t *set, siginfo_t *info, const struct timespec *timeout) {
    int before = errno, number;
    uint64_t deadline = deadline_after(timeout);
    int fd = signalfd(-1, set, SFD_NONBLOCK | SFD_CLOEXEC);
    gv_back_off back_off = {0};
    long outcome = 1;
    while ((number = gv_libc.sigtimedwait(set, info, &NO_TIME)) < 0) {
        if ((errno != EAGAIN && errno != EINTR) || outcome <= 0) break;
        outcome = wait_once(fd, deadline, &back_off);
    }
    int error = number >= 0 ? before : outcome == -ECANCELED ? ECANCELED : errno;
    gv_close_own(fd);
    errno = error;
    return number;
}

int gv_call_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout) {
    if (!gv_may_park() || !set || (timeout && (!is_valid(timeout) || (timeout->tv_sec == 0 && timeout->tv_nsec == 0))))
        return gv_libc.sigtimedwait(set, info, timeout);
    return take(set, info, timeout);
}

int gv_call_sigwaitinfo(const sigset_t *set, siginfo_t *info) { return gv_call_sigtimedwait(set, info, 0); }

// Answers with the error number.
int gv_call_sigwait(const sigset_t *set, int *number) {
    if (!gv_may_park() || !set) return gv_libc.sigwait(set, number);
    int before = errno, found = take(set, 0, 0), error = errno;
    errno = before;
    if (found < 0) return error;
    *number = found;
    return 0;
}

GV_STAND_IN(GV_AREA_SIGNAL, sigwait, gv_call_sigwait);
GV_STAND_IN(GV_AREA_SIGNAL, sigwaitinfo, gv_call_sigwaitinfo);
GV_STAND_IN(GV_AREA_SIGNAL, sigtimedwait, gv_call_sigtimedwait);
