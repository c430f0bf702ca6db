// SPDX-License-Identifier: Apache-2.0
// Each connection has one message under way: what comes back is compared, and the next one goes out.
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <sys/epoll.h>

enum { most_events = 512 };

typedef struct {
    int socket, have;
    uint64_t sent_at;
    char sent[message_bytes], got[message_bytes];
} line;

static void send_next(line *self, long serial) {
    memset(self->sent, (int)('a' + serial % 26), message_bytes);
    self->have = 0;
    self->sent_at = now();
    if (send(self->socket, self->sent, message_bytes, MSG_NOSIGNAL) != message_bytes) fail("send");
}

// Whether a whole message has come back.
static int receive(line *self) {
    ssize_t got = recv(self->socket, self->got + self->have, (size_t)(message_bytes - self->have), 0);
    if (got < 0 && errno == EAGAIN) return 0;
    if (got <= 0) fail("a connection was lost");
    self->have += (int)got;
    if (self->have < message_bytes) return 0;
    if (memcmp(self->sent, self->got, message_bytes) != 0) {
        fputs("a message was changed\n", stderr);
        exit(1);
    }
    return 1;
}

void load_echo(char **arguments) {
    measurement run = begin(arguments, 2);
    int connections = atoi(arguments[5]), list = epoll_create1(EPOLL_CLOEXEC);
    line *lines = calloc((size_t)connections, sizeof *lines);
    for (int i = 0; i < connections; i++) {
        lines[i].socket = connect_from(run.port, 0);
        never_block(lines[i].socket);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &lines[i]};
        epoll_ctl(list, EPOLL_CTL_ADD, lines[i].socket, &event);
    }
    start_clock(&run);
    long serial = 0;
    for (int i = 0; i < connections; i++) send_next(&lines[i], serial++);
    while (goes_on(&run, now())) {
        struct epoll_event events[most_events];
        int ready = epoll_wait(list, events, most_events, 1000);
        for (int i = 0; i < ready; i++) {
            line *answered = events[i].data.ptr;
            if (!receive(answered)) continue;
            record(&run, now() - answered->sent_at);
            send_next(answered, serial++);
        }
    }
    finish_messages(&run);
}
