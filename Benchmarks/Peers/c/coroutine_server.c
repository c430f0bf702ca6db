// SPDX-License-Identifier: Apache-2.0
// An echo server with a coroutine for each connection over edge-triggered epoll: coroutine_server PORT.
//
// One registration lasts as long as the socket. After a read that did not fill its room nothing is left, and the edge of
// what comes next will be told: the coroutine parks without the read that would end in EAGAIN. The shape of the library, in
// bare C: what is missing is everything but the switch.
#define _GNU_SOURCE
#include "context.h"
#include "listening.h"
#include <errno.h>
#include <sys/epoll.h>
#include <sys/mman.h>

enum { stack_size = 16384, most_events = 512 };

typedef struct connection {
    void *place;
    int socket, is_drained;
    struct connection *next;
} connection;

static connection *current, *unused;
static void *main_place;

static void park(connection *self) { switch_context(&self->place, main_place); }

static void go_on(connection *next) {
    current = next;
    switch_context(&main_place, next->place);
}

static ssize_t read_some(connection *self, void *bytes, size_t room) {
    for (;;) {
        if (self->is_drained) {
            self->is_drained = 0;
            park(self);
        }
        ssize_t got = recv(self->socket, bytes, room, 0);
        self->is_drained = got != (ssize_t)room;
        if (got >= 0 || errno != EAGAIN) return got;
    }
}

static void body(void) {
    for (;;) {
        connection *self = current;
        char bytes[2048];
        ssize_t got;
        while ((got = read_some(self, bytes, sizeof bytes)) > 0)
            if (send(self->socket, bytes, (size_t)got, MSG_NOSIGNAL) != got) break;
        close(self->socket);
        self->next = unused;
        unused = self;
        park(self);
    }
}

static connection *make_connection(void) {
    connection *made = calloc(1, sizeof *made);
    char *stack = mmap(0, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (!made || stack == MAP_FAILED) exit(1);
    madvise(stack, stack_size, MADV_NOHUGEPAGE);
    made->place = make_context(stack, stack_size, body);
    return made;
}

static void accept_all(int listener, int list) {
    int socket;
    while ((socket = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        connection *new = unused ? unused : make_connection();
        if (new == unused) unused = new->next;
        send_at_once(socket);
        new->socket = socket;
        new->is_drained = 0;
        struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = new};
        epoll_ctl(list, EPOLL_CTL_ADD, socket, &event);
        go_on(new);
    }
}

int main(int count, char **arguments) {
    int listener = listen_on(count, arguments, 1, SOCK_NONBLOCK);
    int list = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = 0};
    epoll_ctl(list, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        struct epoll_event events[most_events];
        int ready = epoll_wait(list, events, most_events, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr) go_on(events[i].data.ptr);
            else accept_all(listener, list);
        }
    }
}
