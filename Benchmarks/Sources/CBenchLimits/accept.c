// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_accept.h"
#include "bench_echo.h"
#include "bench_limits.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void accept_all(int list, int listener) {
    for (;;) {
        int number = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (number < 0) return;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = number};
        epoll_ctl(list, EPOLL_CTL_ADD, number, &event);
    }
}

bench_visit_cost limit_accept(long count, int parallel) {
    int port, listener = bench_listen(&port), list = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    fcntl(listener, F_SETFL, O_NONBLOCK);
    epoll_ctl(list, EPOLL_CTL_ADD, listener, &event);
    double cpu = bench_thread_cpu();
    uint64_t start = limit_now();
    bench_visits *visits = bench_visits_start(port, count, parallel);
    for (long over = 0; over < count;) {
        struct epoll_event events[64];
        int ready = epoll_wait(list, events, 64, -1);
        for (int i = 0; i < ready; i++) {
            char bytes[4096];
            int number = events[i].data.fd;
            if (number == listener) {
                accept_all(list, listener);
                continue;
            }
            ssize_t got = recv(number, bytes, sizeof bytes, 0);
            if (got > 0 && send(number, bytes, (size_t)got, MSG_NOSIGNAL) == got) continue;
            close(number);
            over++;
        }
    }
    bench_visit_cost cost = {
        (bench_thread_cpu() - cpu) / (double)count, (double)(limit_now() - start) / (double)count};
    if (bench_visits_join(visits) != 0) abort();
    close(list);
    close(listener);
    return cost;
}
