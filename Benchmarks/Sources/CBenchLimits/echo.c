// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_echo.h"
#include "bench_limits.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { message_bytes = 64 };

struct bench_load {
    int port, connections;
    long messages, wrong;
    pthread_t thread;
};

typedef struct {
    int number, have;
    char sent[message_bytes], got[message_bytes];
} line;

double bench_thread_cpu(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

void bench_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int connect_to(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int number = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0 || connect(number, (struct sockaddr *)&address, sizeof address) != 0) abort();
    int yes = 1;
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return number;
}

static void send_next(line *l, long serial) {
    memset(l->sent, (int)(serial & 0xff), message_bytes);
    memcpy(l->sent, &serial, sizeof serial);
    l->have = 0;
    if (send(l->number, l->sent, message_bytes, MSG_NOSIGNAL) != message_bytes) abort();
}

static void *run_load(void *argument) {
    bench_load *load = argument;
    line *lines = calloc((size_t)load->connections, sizeof *lines);
    int list = epoll_create1(EPOLL_CLOEXEC);
    long sent = 0, done = 0;
    for (int i = 0; i < load->connections; i++) {
        lines[i].number = connect_to(load->port);
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
            done++;
            if (sent < load->messages) send_next(l, sent++);
        }
    }
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
    if (pthread_create(&load->thread, 0, run_load, load) != 0) abort();
    return load;
}

long bench_load_join(bench_load *load) {
    pthread_join(load->thread, 0);
    long wrong = load->wrong;
    free(load);
    return wrong;
}

int bench_connect_many(int port, int *numbers, int count) {
    int wrong = 0;
    for (int i = 0; i < count; i++) {
        char bytes[message_bytes] = {0};
        numbers[i] = connect_to(port);
        if (send(numbers[i], bytes, sizeof bytes, MSG_NOSIGNAL) != sizeof bytes ||
            recv(numbers[i], bytes, sizeof bytes, MSG_WAITALL) != sizeof bytes)
            wrong++;
    }
    return wrong;
}

void bench_close_many(const int *numbers, int count) {
    for (int i = 0; i < count; i++) close(numbers[i]);
}

bench_echo_cost limit_echo(int connections, long messages) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) abort();
    getsockname(listener, (struct sockaddr *)&address, &length);
    int list = epoll_create1(EPOLL_CLOEXEC), open = 0;
    bench_load *load = bench_load_start(ntohs(address.sin_port), connections, messages);
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
                            (double)(limit_now() - start) / (double)messages};
    if (bench_load_join(load) != 0) abort();
    close(list);
    close(listener);
    return cost;
}
