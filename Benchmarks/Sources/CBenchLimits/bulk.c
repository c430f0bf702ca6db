// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_bulk.h"
#include "bench_echo.h"
#include "bench_limits.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

enum { chunk_bytes = 65536 };

struct bench_bulk {
    int port;
    enum bench_bulk_side side;
    long bytes;
    pthread_t thread;
};

static long send_all(int number, long bytes) {
    static char chunk[chunk_bytes];
    long moved = 0;
    while (moved < bytes) {
        ssize_t sent = send(number, chunk, sizeof chunk, MSG_NOSIGNAL);
        if (sent <= 0) abort();
        moved += sent;
    }
    return moved;
}

static long take_all(int number) {
    char *chunk = malloc(chunk_bytes);
    long moved = 0;
    ssize_t got;
    while ((got = recv(number, chunk, chunk_bytes, 0)) > 0) moved += got;
    if (got < 0) abort();
    free(chunk);
    return moved;
}

static void *run_bulk(void *argument) {
    bench_bulk *bulk = argument;
    int number = bench_connect(bulk->port);
    bulk->bytes = bulk->side == bench_bulk_sends ? send_all(number, bulk->bytes) : take_all(number);
    close(number);
    return 0;
}

bench_bulk *bench_bulk_start(int port, enum bench_bulk_side side, long bytes) {
    bench_bulk *bulk = calloc(1, sizeof *bulk);
    if (!bulk) abort();
    *bulk = (bench_bulk){.port = port, .side = side, .bytes = bytes};
    if (pthread_create(&bulk->thread, 0, run_bulk, bulk) != 0) abort();
    return bulk;
}

long bench_bulk_join(bench_bulk *bulk) {
    pthread_join(bulk->thread, 0);
    long bytes = bulk->bytes;
    free(bulk);
    return bytes;
}

int bench_bulk_file(long bytes) {
    int file = memfd_create("bench", MFD_CLOEXEC);
    char chunk[4096] = {1};
    for (long have = 0; have < bytes; have += (long)sizeof chunk)
        if (write(file, chunk, sizeof chunk) != sizeof chunk) abort();
    return file;
}

static void send_file(int number, int file, long file_bytes, long bytes) {
    for (long moved = 0; moved < bytes; moved += file_bytes)
        for (off_t place = 0; place < file_bytes;)
            if (sendfile(number, file, &place, (size_t)(file_bytes - place)) <= 0) abort();
}

// Without a file where `file` is less than zero.
static bench_bulk_cost serve(enum bench_bulk_side far, int file, long file_bytes, long bytes) {
    int port, listener = bench_listen(&port);
    bench_bulk *bulk = bench_bulk_start(port, far, bytes);
    int number = accept4(listener, 0, 0, SOCK_CLOEXEC);
    double cpu = bench_thread_cpu();
    uint64_t start = limit_now();
    if (far == bench_bulk_sends)
        take_all(number);
    else if (file < 0)
        send_all(number, bytes);
    else
        send_file(number, file, file_bytes, bytes);
    close(number);
    double used = bench_thread_cpu() - cpu;
    if (bench_bulk_join(bulk) < bytes) abort();
    bench_bulk_cost cost = {used / (double)bytes, (double)(limit_now() - start) / (double)bytes};
    close(listener);
    return cost;
}

bench_bulk_cost limit_bulk_send(long bytes) { return serve(bench_bulk_takes, -1, 0, bytes); }

bench_bulk_cost limit_bulk_take(long bytes) { return serve(bench_bulk_sends, -1, 0, bytes); }

bench_bulk_cost limit_bulk_file(int file, long file_bytes, long bytes) {
    return serve(bench_bulk_takes, file, file_bytes, bytes);
}
