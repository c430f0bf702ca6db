// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_accept.h"
#include "bench_echo.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

// A port stays taken for a minute after a connection from it was closed, for the same two addresses. These many
// addresses of the loopback have enough of them.
enum { message_bytes = 64, first_source = 0x7f000002, sources = 200 };

struct bench_visits {
    int port, parallel;
    long count, wrong;
    pthread_t thread;
};

static void begin(const bench_visits *visits, int list, long serial) {
    char bytes[message_bytes] = {0};
    memcpy(bytes, &serial, sizeof serial);
    int number = bench_connect_from(first_source + (unsigned)(serial % sources), visits->port);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = number};
    if (send(number, bytes, sizeof bytes, MSG_NOSIGNAL) != sizeof bytes) abort();
    if (epoll_ctl(list, EPOLL_CTL_ADD, number, &event) != 0) abort();
}

static void *run_visits(void *argument) {
    bench_visits *visits = argument;
    int list = epoll_create1(EPOLL_CLOEXEC);
    long begun = 0, ended = 0;
    while (begun < visits->parallel && begun < visits->count) begin(visits, list, begun++);
    while (ended < visits->count) {
        struct epoll_event events[64];
        int count = epoll_wait(list, events, 64, 10000);
        if (count <= 0) break;
        for (int i = 0; i < count; i++) {
            char bytes[message_bytes];
            if (recv(events[i].data.fd, bytes, sizeof bytes, MSG_WAITALL) != sizeof bytes) visits->wrong++;
            close(events[i].data.fd);
            ended++;
            if (begun < visits->count) begin(visits, list, begun++);
        }
    }
    visits->wrong += visits->count - ended;
    close(list);
    return 0;
}

bench_visits *bench_visits_start(int port, long count, int parallel) {
    bench_visits *visits = calloc(1, sizeof *visits);
    if (!visits) abort();
    *visits = (bench_visits){.port = port, .parallel = parallel, .count = count};
    if (pthread_create(&visits->thread, 0, run_visits, visits) != 0) abort();
    return visits;
}

long bench_visits_join(bench_visits *visits) {
    pthread_join(visits->thread, 0);
    long wrong = visits->wrong;
    free(visits);
    return wrong;
}
