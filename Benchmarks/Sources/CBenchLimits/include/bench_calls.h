// SPDX-License-Identifier: Apache-2.0
// Calls that never block, made by the C library's names: a patch of this program replaces them.
#ifndef BENCH_CALLS_H
#define BENCH_CALLS_H

/// Looks at one byte that lies in a socket, `count` times.
void bench_recv(int fd, int count);

/// Reads one byte of an endless file, `count` times.
void bench_read(int fd, int count);

/// Asks whether a socket with a byte in it is readable, `count` times, with no time limit.
void bench_poll(int fd, int count);

/// Sends and receives one byte, `count` times.
void bench_pass(int from, int to, int count);

#endif
