// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_echo.h"
#include "bench_limits.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

bench_echo_cost limit_echo(int connections, long messages) {
    int port, listener = bench_listen(&port);
    int list = epoll_create1(EPOLL_CLOEXEC), open = 0;
    bench_load *load = bench_load_start(port, connections, messages);
    while (open < connections) {
        int number = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = number};
        epoll_ctl(list, EPOLL_CTL_ADD, number, &event);
        open++;
    }
    double cpu = bench_thread_cpu();
    uint64_t start = limit_now();
    while (open > 0) {
        struct epoll_event events[256];
        int count = epoll_wait(list, events, 256, -1);
        for (int i = 0; i < count; i++) {
            char bytes[4096];
            int number = events[i].data.fd;
            ssize_t got = recv(number, bytes, sizeof bytes, 0);
            if (got > 0 && send(number, bytes, (size_t)got, MSG_NOSIGNAL) == got) continue;
            if (got < 0 && errno == EAGAIN) continue;
            close(number);
            open--;
        }
    }
    bench_echo_cost cost = {(bench_thread_cpu() - cpu) / (double)messages,
                            (double)(limit_now() - start) / (double)messages, {0}};
    if (bench_load_join(load, &cost.latency) != 0) abort();
    close(list);
    close(listener);
    return cost;
}
