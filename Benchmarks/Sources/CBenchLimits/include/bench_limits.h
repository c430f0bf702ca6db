// SPDX-License-Identifier: Apache-2.0
// What the machine can do at best: each workload's bones in C, on the library's own switch, without
// a scheduler, errors, kills, timeouts or locks.
#ifndef BENCH_LIMITS_H
#define BENCH_LIMITS_H

#include "bench_calls.h"
#include <stdint.h>
#include <time.h>

/// What a parked context costs. Bytes and nanoseconds each.
typedef struct {
    double resident_bytes;
    double page_table_bytes;
    double wake_nanoseconds;
} limit_parked_cost;

/// What sleeping contexts cost together, and how late the last percent of them wakes.
typedef struct {
    double cpu_seconds;
    double late_milliseconds;
} limit_timers_cost;

/// Nanoseconds a switch between two contexts.
double limit_switch(long count);

/// Nanoseconds for a word put into a slot and a switch to whom it is for.
double limit_handover(long count);

/// Nanoseconds to have something run on a stack that stands ready for it, and to come back; with
/// copies of `local_count` items of a list made and freed for it.
double limit_spawn(long count, int local_count);

/// Nanoseconds to make `count` records one by one, and then to have each run on one stack and freed.
double limit_spawn_alive(long count);

/// Nanoseconds to guard a stack never used before, to enter a context on it, leave it and enter it
/// again.
double limit_spawn_cold(long count);

/// Nanoseconds an item through a ring of 100, filled and emptied in turn in one thread.
double limit_queue(long count);

/// `count` contexts left in the middle, each on a stack of its own without a guard.
limit_parked_cost limit_parked(long count);

/// Contexts on stacks in use before, each of which sleeps for one of the `count` times given, in
/// nanoseconds; a binary heap, and a poll that wakes on whole milliseconds. It looks at the heap after
/// every `batch` contexts that it starts.
limit_timers_cost limit_timers(const uint64_t *sleeps, long count, long batch);

/// Lets this thread, and those that it makes from now on, run on every core.
void limit_use_all_cores(void);

/// Nanoseconds for an addition, under the lock of a primitive that nobody else wants or without it.
double limit_lock(long count, int locks);

/// Nanoseconds for a word from one thread to another by way of a condition variable.
double limit_condition(long count);

/// Nanoseconds for an allocated message from one thread to another, which takes all there are.
double limit_list(long count);

/// Nanoseconds an item through a ring of 100 under a mutex, from one thread to another.
double limit_guarded_ring(long count);

/// The clock that sleeps go by, in nanoseconds.
static inline uint64_t limit_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/// The processor time that this process has used, in nanoseconds.
static inline uint64_t limit_cpu_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/// The share of its time that this thread was ready to run and did not, since others had its core.
double bench_share_waited(void);

/// A field of /proc/self/status that is given in kB, as bytes; 0 where there is none.
int64_t limit_status_bytes(const char *field);

#endif
