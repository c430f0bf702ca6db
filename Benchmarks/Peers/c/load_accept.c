// SPDX-License-Identifier: Apache-2.0
// A connection for each message: it is made, the message goes there and back, and it is closed from here.
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <sys/epoll.h>

enum { most_events = 512, hosts = 200 };

typedef struct {
    int socket, have;
    uint64_t opened_at;
} visit;

static void open_next(visit *self, const measurement *run, int list, long serial) {
    static const char message[message_bytes];
    self->have = 0;
    self->opened_at = now();
    self->socket = connect_from(run->port, 1 + (uint32_t)(serial % hosts));
    never_block(self->socket);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = self};
    epoll_ctl(list, EPOLL_CTL_ADD, self->socket, &event);
    if (send(self->socket, message, message_bytes, MSG_NOSIGNAL) != message_bytes) fail("send");
}

void load_accept(char **arguments) {
    measurement run = begin(arguments, 2);
    int connections = atoi(arguments[5]), list = epoll_create1(EPOLL_CLOEXEC);
    visit *visits = calloc((size_t)connections, sizeof *visits);
    start_clock(&run);
    long serial = 0;
    for (int i = 0; i < connections; i++) open_next(&visits[i], &run, list, serial++);
    while (goes_on(&run, now())) {
        struct epoll_event events[most_events];
        int ready = epoll_wait(list, events, most_events, 1000);
        for (int i = 0; i < ready; i++) {
            visit *answered = events[i].data.ptr;
            char bytes[message_bytes];
            ssize_t got = recv(answered->socket, bytes, sizeof bytes, 0);
            if (got < 0 && errno == EAGAIN) continue;
            if (got <= 0) fail("a connection was lost");
            answered->have += (int)got;
            if (answered->have < message_bytes) continue;
            close(answered->socket);
            record(&run, now() - answered->opened_at);
            open_next(answered, &run, list, serial++);
        }
    }
    finish_messages(&run);
}
