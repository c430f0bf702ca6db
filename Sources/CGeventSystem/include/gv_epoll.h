// SPDX-License-Identifier: Apache-2.0

#ifndef GV_EPOLL_H
#define GV_EPOLL_H

#include "gv_libc.h"
#include "gv_result.h"
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static inline long gv_epoll_open(void) {
    return gv_result(epoll_create1(EPOLL_CLOEXEC));
}

static inline long gv_epoll_control(int epoll, int operation, int fd, uint32_t events,
                                    uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return gv_result(epoll_ctl(epoll, operation, fd, &event));
}

static inline long gv_epoll_wait_milliseconds(int epoll, struct epoll_event *events, int capacity,
                                              int milliseconds) {
    return gv_result(gv_libc.epoll_wait(epoll, events, capacity, milliseconds));
}

// By number, because glibc has the function from 2.35 only. Both architectures number it alike.
static inline long gv_epoll_wait_nanoseconds(int epoll, struct epoll_event *events, int capacity,
                                             uint64_t nanoseconds) {
    struct timespec timeout = {
        .tv_sec = (time_t)(nanoseconds / 1000000000u),
        .tv_nsec = (long)(nanoseconds % 1000000000u),
    };
    return gv_result(syscall(441, epoll, events, capacity, &timeout, (void *)0, (size_t)8));
}

static inline uint64_t gv_epoll_event_data(const struct epoll_event *event) {
    return event->data.u64;
}

static inline uint32_t gv_epoll_event_flags(const struct epoll_event *event) {
    return event->events;
}

#endif
