// SPDX-License-Identifier: Apache-2.0
#ifndef BENCH_ACCEPT_H
#define BENCH_ACCEPT_H

/// A load of visits: each connects, sends 64 bytes, reads them back, and closes.
typedef struct bench_visits bench_visits;

/// Starts so many visits, `parallel` at a time, on a thread of its own.
bench_visits *bench_visits_start(int port, long count, int parallel);

/// Waits for the end of all. Returns how many got a wrong answer.
long bench_visits_join(bench_visits *visits);

typedef struct {
    double cpu_nanoseconds, nanoseconds;
} bench_visit_cost;

/// What a visit costs a server in C: level-triggered epoll, one thread.
bench_visit_cost limit_accept(long count, int parallel);

#endif
