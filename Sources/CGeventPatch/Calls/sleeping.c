// SPDX-License-Identifier: Apache-2.0
// Sleeps by the hub's clock.
//
// A signal does not end them: its handler runs meanwhile, as in a thread that the kernel did not choose for the signal.
// What strikes does, with ECANCELED and not EINTR, at which `while (nanosleep(&t, &t) && errno == EINTR)` would spin.
#define _GNU_SOURCE 1
#include "gv_time_calls.h"
#include "../gv_stand_in.h"
#include "gv_real.h"
#include <gv_node.h>
#include <errno.h>

#define SECOND UINT64_C(1000000000)

static bool is_valid(const struct timespec *time) {
    return time && time->tv_sec >= 0 && time->tv_nsec >= 0 && (uint64_t)time->tv_nsec < SECOND;
}

// At most GV_FOREVER.
static uint64_t nanoseconds(const struct timespec *time) {
    uint64_t total;
    if (__builtin_mul_overflow((uint64_t)time->tv_sec, SECOND, &total)) return GV_FOREVER;
    if (__builtin_add_overflow(total, (uint64_t)time->tv_nsec, &total)) return GV_FOREVER;
    return total;
}

static struct timespec as_timespec(uint64_t nanoseconds) {
    return (struct timespec){.tv_sec = (time_t)(nanoseconds / SECOND), .tv_nsec = (long)(nanoseconds % SECOND)};
}

// 0, or ECANCELED and what was left.
static int sleep_for(uint64_t duration, uint64_t *rest) {
    uint64_t start = gv_patch_hooks.now();
    if (gv_patch_hooks.sleep(duration) == 0) return 0;
    uint64_t slept = gv_patch_hooks.now() - start;
    *rest = slept < duration ? duration - slept : 0;
    return ECANCELED;
}

static int sleep_relative(const struct timespec *request, struct timespec *rest) {
    uint64_t left;
    if (sleep_for(nanoseconds(request), &left) == 0) return 0;
    if (rest) *rest = as_timespec(left);
    return ECANCELED;
}

// Until `clock` shows `request`. It may be set meanwhile, of which nobody tells us, so we look every second. A test's
// clock has nothing to do with it: there we sleep once, for what is left at first.
static int sleep_until(clockid_t clock, const struct timespec *request) {
    uint64_t deadline = nanoseconds(request), left;
    bool is_virtual = gv_this_hub->virtual_now != 0;
    for (;;) {
        struct timespec now;
        if (clock_gettime(clock, &now) != 0) return errno;
        uint64_t reached = nanoseconds(&now);
        if (reached >= deadline) return gv_patch_hooks.sleep(0) == 0 ? 0 : ECANCELED;
        uint64_t step = deadline - reached;
        if (!is_virtual && clock != CLOCK_MONOTONIC && step > SECOND) step = SECOND;
        if (sleep_for(step, &left) != 0) return ECANCELED;
        if (is_virtual) return 0;
    }
}

static bool is_wall_clock(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME || clock == CLOCK_TAI;
}

int gv_call_clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *rest) {
    // What is left to the real call is refused by it, or counts the time of a processor, which nobody spends by
    // waiting.
    if (!gv_may_park() || !is_wall_clock(clock) || !is_valid(request))
        return gv_libc.clock_nanosleep(clock, flags, request, rest);
    int before = errno;
    int error = flags & TIMER_ABSTIME ? sleep_until(clock, request) : sleep_relative(request, rest);
    errno = before;
    return error;
}

int gv_call_nanosleep(const struct timespec *request, struct timespec *rest) {
    if (!gv_may_park() || !is_valid(request)) return gv_libc.nanosleep(request, rest);
    int before = errno;
    int error = sleep_relative(request, rest);
    errno = error ? error : before;
    return error ? -1 : 0;
}

int gv_call_usleep(unsigned microseconds) {
    if (!gv_may_park()) return gv_libc.usleep(microseconds);
    int before = errno;
    uint64_t left;
    int error = sleep_for((uint64_t)microseconds * 1000, &left);
    errno = error ? error : before;
    return error ? -1 : 0;
}

// Says what is left when it is struck, but only then: `while ((left = sleep(left)) > 0)` has to end, so one that is
// called while something is due has nothing left.
unsigned gv_call_sleep(unsigned seconds) {
    if (!gv_may_park()) return gv_libc.sleep(seconds);
    if (gv_flags(gv_this_hub->current) & GV_IS_INTERRUPTED) return 0;
    int before = errno;
    uint64_t left;
    int error = sleep_for(seconds * SECOND, &left);
    errno = before;
    return error ? (unsigned)((left + SECOND - 1) / SECOND) : 0;
}

// Any other failure than the -1 of a signal, which is tried again.
int gv_call_thrd_sleep(const struct timespec *request, struct timespec *rest) {
    if (!gv_may_park() || !is_valid(request)) return gv_real.thrd_sleep(request, rest);
    int before = errno;
    int error = sleep_relative(request, rest);
    errno = before;
    return error ? -2 : 0;
}

GV_STAND_IN(GV_AREA_TIME, sleep, gv_call_sleep);
GV_STAND_IN(GV_AREA_TIME, usleep, gv_call_usleep);
GV_STAND_IN(GV_AREA_TIME, nanosleep, gv_call_nanosleep);
GV_STAND_IN(GV_AREA_TIME, __nanosleep, gv_call_nanosleep);
GV_STAND_IN(GV_AREA_TIME, clock_nanosleep, gv_call_clock_nanosleep);
GV_STAND_IN(GV_AREA_TIME, thrd_sleep, gv_call_thrd_sleep);
