// SPDX-License-Identifier: Apache-2.0
#include "include/bench_calls.h"
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

void bench_recv(int fd, int count) {
    char byte;
    for (int round = 0; round < count; round++)
        if (recv(fd, &byte, 1, MSG_PEEK) != 1) abort();
}

void bench_read(int fd, int count) {
    char byte;
    for (int round = 0; round < count; round++)
        if (read(fd, &byte, 1) != 1) abort();
}

void bench_poll(int fd, int count) {
    for (int round = 0; round < count; round++) {
        struct pollfd entry = {.fd = fd, .events = POLLIN};
        if (poll(&entry, 1, -1) != 1) abort();
    }
}

void bench_pass(int from, int to, int count) {
    char byte = 0;
    for (int round = 0; round < count; round++)
        if (send(from, &byte, 1, 0) != 1 || recv(to, &byte, 1, 0) != 1) abort();
}
