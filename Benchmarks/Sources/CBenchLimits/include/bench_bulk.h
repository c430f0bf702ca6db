// SPDX-License-Identifier: Apache-2.0
#ifndef BENCH_BULK_H
#define BENCH_BULK_H

/// The far end of one connection, on a thread of its own, that sends or takes bytes 64 KiB at a time.
typedef struct bench_bulk bench_bulk;

enum bench_bulk_side { bench_bulk_sends, bench_bulk_takes };

/// Connects, then sends `bytes` and closes, or takes all there are.
bench_bulk *bench_bulk_start(int port, enum bench_bulk_side side, long bytes);

/// Waits for its end. Returns how many bytes it has moved.
long bench_bulk_join(bench_bulk *bulk);

/// A file in memory of so many bytes; its descriptor.
int bench_bulk_file(long bytes);

typedef struct {
    double cpu_nanoseconds, nanoseconds;
} bench_bulk_cost;

/// What a server in C does with a connection: blocking calls, one thread. Nanoseconds a byte.
bench_bulk_cost limit_bulk_send(long bytes);
bench_bulk_cost limit_bulk_take(long bytes);
bench_bulk_cost limit_bulk_file(int file, long file_bytes, long bytes);

#endif
