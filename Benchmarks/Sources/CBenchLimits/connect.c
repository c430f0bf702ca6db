// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_echo.h"
#include "bench_limits.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { message_bytes = 64 };

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

int bench_connect(int port) { return bench_connect_from(INADDR_LOOPBACK, port); }

int bench_connect_from(unsigned source, int port) {
    struct sockaddr_in here = {.sin_family = AF_INET};
    here.sin_addr.s_addr = htonl(source);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int yes = 1, number = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0) abort();
    setsockopt(number, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(number, (struct sockaddr *)&here, sizeof here) != 0) abort();
    if (connect(number, (struct sockaddr *)&address, sizeof address) != 0) abort();
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return number;
}

int bench_listen(int *port) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) abort();
    getsockname(listener, (struct sockaddr *)&address, &length);
    *port = ntohs(address.sin_port);
    return listener;
}

int bench_connect_many(int port, int *numbers, int count) {
    int wrong = 0;
    for (int i = 0; i < count; i++) {
        char bytes[message_bytes] = {0};
        numbers[i] = bench_connect(port);
        if (send(numbers[i], bytes, sizeof bytes, MSG_NOSIGNAL) != sizeof bytes ||
            recv(numbers[i], bytes, sizeof bytes, MSG_WAITALL) != sizeof bytes)
            wrong++;
    }
    return wrong;
}

void bench_close_many(const int *numbers, int count) {
    for (int i = 0; i < count; i++) close(numbers[i]);
}
