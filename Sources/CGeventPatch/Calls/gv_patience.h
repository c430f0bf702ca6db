// SPDX-License-Identifier: Apache-2.0
// How a stand-in waits: until its time is up, by the hub's clock, however often it is woken for nothing.
#ifndef GV_PATIENCE_H
#define GV_PATIENCE_H

#include "../gv_stand_in.h"
#include <sys/time.h>
#include <time.h>

/// What is left of a call's patience.
typedef struct gv_patience {
    uint64_t deadline;   // by the hub's clock, or GV_FOREVER
    uint32_t misses;     // how often in a row it was woken at once, and found nothing
} gv_patience;

/// Patience for so many nanoseconds from now, or GV_FOREVER.
gv_patience gv_patience_of(uint64_t timeout);

/// As long as a socket's SO_RCVTIMEO or SO_SNDTIMEO says.
gv_patience gv_patience_of_socket(int fd, int option);

/// Nanoseconds until the deadline, or GV_FOREVER.
uint64_t gv_patience_left(const gv_patience *patience);

/// Waits until one of the entries may be ready. 1: look again; 0: the time is up; -ECANCELED, -EBADF.
///
/// Where the kernel keeps saying that something is ready that is not, or cannot tell, the looks are spaced instead.
long gv_patience_await(gv_patience *patience, const struct pollfd *entries, size_t count);

/// The same for one descriptor.
long gv_patience_await_one(gv_patience *patience, int fd, short events);

/// Waits a little, longer each time, for what the kernel has no event for. 1: look again; 0; -ECANCELED.
long gv_patience_pause(gv_patience *patience);

/// Sets `errno` from what a wait answered; `late` stands for 0. Returns -1.
int gv_patience_failed(long answer, int late);

/// In nanoseconds, at most GV_FOREVER; the times must be valid ones.
uint64_t gv_from_timespec(const struct timespec *time);
uint64_t gv_from_timeval(const struct timeval *time);
uint64_t gv_from_milliseconds(int milliseconds);

/// Whether the C library and the kernel take it for a time limit.
bool gv_is_valid_timespec(const struct timespec *time);

#endif
