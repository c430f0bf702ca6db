// SPDX-License-Identifier: Apache-2.0
#ifndef BENCH_ECHO_H
#define BENCH_ECHO_H

/// A load of 64-byte messages: each connection sends one, reads it back, and sends the next.
typedef struct bench_load bench_load;

/// Starts the load, on a thread of its own, against a server on the loopback.
bench_load *bench_load_start(int port, int connections, long messages);

/// How long messages took there and back, in nanoseconds: half, 99 % and 99.9 % of them less.
typedef struct {
    double p50, p99, p999;
} bench_latency;

/// Waits for the end of the load.
///
/// `latency` gets what it was, if there is one. Returns how many messages did not come back as they were sent.
long bench_load_join(bench_load *load, bench_latency *latency);

/// A blocking connection to a port of the loopback; from an address of its own, so that there are more of them
/// than there are ports.
int bench_connect(int port);
int bench_connect_from(unsigned source, int port);

/// A listener on the loopback.
int bench_listen(int *port);

/// Connects so many times, exchanges one message each, and leaves the connections open.
///
/// `numbers` gets the descriptors. Returns how many answers were wrong or missing.
int bench_connect_many(int port, int *numbers, int count);
void bench_close_many(const int *numbers, int count);

/// Lets this process have as many descriptors as it may.
void bench_raise_descriptor_limit(void);

typedef struct {
    double cpu_nanoseconds, nanoseconds;
    bench_latency latency;
} bench_echo_cost;

/// What a message costs a server in C: level-triggered epoll, one thread.
bench_echo_cost limit_echo(int connections, long messages);

/// The processor time of this thread, in nanoseconds.
double bench_thread_cpu(void);

#endif
