// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_echo.h"
#include "bench_limits.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { message_bytes = 64 };

struct bench_load {
    int port, connections;
    long messages, wrong, done;
    uint32_t *latencies;
    pthread_t thread;
};

typedef struct {
    int number, have;
    uint64_t start;
    char sent[message_bytes], got[message_bytes];
} line;

static void send_next(line *l, long serial) {
    memset(l->sent, (int)(serial & 0xff), message_bytes);
    memcpy(l->sent, &serial, sizeof serial);
    l->have = 0;
    l->start = limit_now();
    if (send(l->number, l->sent, message_bytes, MSG_NOSIGNAL) != message_bytes) abort();
}

static void *run_load(void *argument) {
    bench_load *load = argument;
    line *lines = calloc((size_t)load->connections, sizeof *lines);
    int list = epoll_create1(EPOLL_CLOEXEC);
    long sent = 0, done = 0;
    for (int i = 0; i < load->connections; i++) {
        lines[i].number = bench_connect(load->port);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &lines[i]};
        epoll_ctl(list, EPOLL_CTL_ADD, lines[i].number, &event);
    }
    for (int i = 0; i < load->connections && sent < load->messages; i++) send_next(&lines[i], sent++);
    while (done < load->messages) {
        struct epoll_event events[256];
        int count = epoll_wait(list, events, 256, 10000);
        if (count == 0) break;
        for (int i = 0; i < count; i++) {
            line *l = events[i].data.ptr;
            ssize_t got = recv(l->number, l->got + l->have, (size_t)(message_bytes - l->have), MSG_DONTWAIT);
            if (got < 0 && errno == EAGAIN) continue;
            if (got <= 0) abort();
            l->have += (int)got;
            if (l->have < message_bytes) continue;
            if (memcmp(l->sent, l->got, message_bytes) != 0) load->wrong++;
            load->latencies[done++] = (uint32_t)(limit_now() - l->start);
            if (sent < load->messages) send_next(l, sent++);
        }
    }
    load->done = done;
    load->wrong += load->messages - done;
    for (int i = 0; i < load->connections; i++) close(lines[i].number);
    close(list);
    free(lines);
    return 0;
}

bench_load *bench_load_start(int port, int connections, long messages) {
    bench_load *load = calloc(1, sizeof *load);
    if (!load) abort();
    load->port = port;
    load->connections = connections;
    load->messages = messages;
    load->latencies = calloc((size_t)messages, sizeof *load->latencies);
    if (!load->latencies) abort();
    if (pthread_create(&load->thread, 0, run_load, load) != 0) abort();
    return load;
}

static int by_size(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static double percentile(const bench_load *load, double share) {
    return load->done > 0 ? load->latencies[(long)((double)(load->done - 1) * share)] : 0;
}

long bench_load_join(bench_load *load, bench_latency *latency) {
    pthread_join(load->thread, 0);
    long wrong = load->wrong;
    if (latency) {
        qsort(load->latencies, (size_t)load->done, sizeof *load->latencies, by_size);
        *latency = (bench_latency){percentile(load, 0.5), percentile(load, 0.99), percentile(load, 0.999)};
    }
    free(load->latencies);
    free(load);
    return wrong;
}
