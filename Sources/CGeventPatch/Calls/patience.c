// SPDX-License-Identifier: Apache-2.0
#include "gv_patience.h"
#include <errno.h>

enum {
    MICROSECOND = 1000,
    MILLISECOND = 1000 * MICROSECOND,
    SECOND = 1000 * MILLISECOND,
    SHORTEST_PAUSE = 100 * MICROSECOND,
    LONGEST_PAUSE = 10 * MILLISECOND,
};

// A wake-up for nothing is normal where several wait for one descriptor.
enum { MISSES_FORGIVEN = 4, MISSES_COUNTED = 16 };

gv_patience gv_patience_of(uint64_t timeout) {
    gv_patience patience = {.deadline = GV_FOREVER};
    if (timeout != GV_FOREVER && __builtin_add_overflow(gv_patch_hooks.now(), timeout, &patience.deadline))
        patience.deadline = GV_FOREVER;
    return patience;
}

gv_patience gv_patience_of_socket(int fd, int option) {
    struct timeval limit = {0};
    socklen_t length = sizeof limit;
    if (getsockopt(fd, SOL_SOCKET, option, &limit, &length) != 0) limit = (struct timeval){0};
    uint64_t timeout = gv_from_timeval(&limit);
    return gv_patience_of(timeout == 0 ? GV_FOREVER : timeout);
}

uint64_t gv_patience_left(const gv_patience *patience) {
    if (patience->deadline == GV_FOREVER) return GV_FOREVER;
    uint64_t now = gv_patch_hooks.now();
    return now < patience->deadline ? patience->deadline - now : 0;
}

long gv_patience_pause(gv_patience *patience) {
    uint64_t left = gv_patience_left(patience), pause = LONGEST_PAUSE;
    if (left == 0) return 0;
    uint32_t doublings = patience->misses > MISSES_FORGIVEN ? patience->misses - MISSES_FORGIVEN : 0;
    if (doublings < 7) pause = (uint64_t)SHORTEST_PAUSE << doublings;
    if (patience->misses < MISSES_COUNTED) patience->misses++;
    long answer = gv_patch_hooks.sleep(pause < left ? pause : left);
    return answer < 0 ? answer : 1;
}

long gv_patience_await(gv_patience *patience, const struct pollfd *entries, size_t count) {
    if (patience->misses > MISSES_FORGIVEN) {
        long answer = gv_patience_pause(patience);
        if (answer <= 0) return answer;
    }
    uint64_t left = gv_patience_left(patience), start = gv_patch_hooks.now();
    if (left == 0) return 0;
    long answer = gv_patch_hooks.wait(entries, count, left);
    if (answer == 1) {
        if (gv_patch_hooks.now() - start >= (uint64_t)MILLISECOND) patience->misses = 0;
        else if (patience->misses < MISSES_COUNTED) patience->misses++;
    } else if (answer < 0 && answer != -ECANCELED && answer != -EBADF) {
        // epoll(7) has no room for it, or cannot watch it: what poll(2) can is found by looks.
        patience->misses = MISSES_COUNTED;
        return gv_patience_pause(patience);
    }
    return answer;
}

long gv_patience_await_one(gv_patience *patience, int fd, short events) {
    struct pollfd entry = {.fd = fd, .events = events};
    return gv_patience_await(patience, &entry, 1);
}

int gv_patience_failed(long answer, int late) {
    errno = answer == 0 ? late : (int)-answer;
    return -1;
}

uint64_t gv_from_timespec(const struct timespec *time) {
    uint64_t total;
    if (__builtin_mul_overflow((uint64_t)time->tv_sec, SECOND, &total)) return GV_FOREVER;
    return __builtin_add_overflow(total, (uint64_t)time->tv_nsec, &total) ? GV_FOREVER : total;
}

uint64_t gv_from_timeval(const struct timeval *time) {
    uint64_t total, rest;
    if (__builtin_mul_overflow((uint64_t)time->tv_sec, SECOND, &total)) return GV_FOREVER;
    if (__builtin_mul_overflow((uint64_t)time->tv_usec, MICROSECOND, &rest)) return GV_FOREVER;
    return __builtin_add_overflow(total, rest, &total) ? GV_FOREVER : total;
}

uint64_t gv_from_milliseconds(int milliseconds) {
    return milliseconds < 0 ? GV_FOREVER : (uint64_t)milliseconds * MILLISECOND;
}

bool gv_is_valid_timespec(const struct timespec *time) {
    return time->tv_sec >= 0 && time->tv_nsec >= 0 && (uint64_t)time->tv_nsec < SECOND;
}
