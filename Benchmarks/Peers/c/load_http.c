// SPDX-License-Identifier: Apache-2.0
// Each connection has one request under way, and stays: a page is asked for, and asked for again once all of it is there.
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <sys/epoll.h>

enum { most_events = 512, most_bytes = 4096 };

static const char request[] = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\nAccept: */*\r\n\r\n";

typedef struct {
    int socket, have;
    uint64_t asked_at;
    char answer[most_bytes + 1];
} visitor;

static void ask(visitor *self) {
    self->have = 0;
    self->asked_at = now();
    if (send(self->socket, request, sizeof request - 1, MSG_NOSIGNAL) != sizeof request - 1) fail("send");
}

// Whether all that was announced is there; ends the load if it is no page.
static int is_whole(const visitor *self) {
    const char *end = strstr(self->answer, "\r\n\r\n");
    if (!end) return 0;
    const char *length = strcasestr(self->answer, "\r\nContent-Length:");
    if (strncmp(self->answer, "HTTP/1.1 200 ", 13) != 0 || !length || length > end) {
        fputs("the answer is no page\n", stderr);
        exit(1);
    }
    return self->have >= end + 4 - self->answer + atoi(length + sizeof "\r\nContent-Length:" - 1);
}

static int receive(visitor *self) {
    ssize_t got = recv(self->socket, self->answer + self->have, (size_t)(most_bytes - self->have), 0);
    if (got < 0 && errno == EAGAIN) return 0;
    if (got <= 0) fail("a connection was lost");
    self->have += (int)got;
    self->answer[self->have] = 0;
    return is_whole(self);
}

void load_http(char **arguments) {
    measurement run = begin(arguments, 2);
    int connections = atoi(arguments[5]), list = epoll_create1(EPOLL_CLOEXEC);
    visitor *visitors = calloc((size_t)connections, sizeof *visitors);
    if (!visitors) fail("memory");
    for (int i = 0; i < connections; i++) {
        visitors[i].socket = connect_from(run.port, 0);
        never_block(visitors[i].socket);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &visitors[i]};
        epoll_ctl(list, EPOLL_CTL_ADD, visitors[i].socket, &event);
    }
    start_clock(&run);
    for (int i = 0; i < connections; i++) ask(&visitors[i]);
    while (goes_on(&run, now())) {
        struct epoll_event events[most_events];
        int ready = epoll_wait(list, events, most_events, 1000);
        for (int i = 0; i < ready; i++) {
            visitor *answered = events[i].data.ptr;
            if (!receive(answered)) continue;
            record(&run, now() - answered->asked_at);
            ask(answered);
        }
    }
    finish_messages(&run);
}
