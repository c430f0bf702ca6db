// SPDX-License-Identifier: Apache-2.0
// An echo server over io_uring: uring_server PORT.
//
// One accept for all connections; a send and the next receive are put in together, linked, and go in with everything
// else of a turn in one call.
#define _GNU_SOURCE
#include "listening.h"
#include <liburing.h>
#include <string.h>

enum { entries = 4096 };

typedef struct {
    int socket;
    char bytes[2048];
} connection;

static struct io_uring ring;
// Stands for a send, whose success is not reported.
static char sending;

static struct io_uring_sqe *next_entry(void *owner) {
    struct io_uring_sqe *entry = io_uring_get_sqe(&ring);
    if (!entry) {
        io_uring_submit(&ring);
        entry = io_uring_get_sqe(&ring);
    }
    io_uring_sqe_set_data(entry, owner);
    return entry;
}

static void put_accept(int listener) {
    struct io_uring_sqe *entry = next_entry(0);
    io_uring_prep_multishot_accept(entry, listener, 0, 0, 0);
    io_uring_sqe_set_data(entry, 0);
}

static void put_receive(connection *self) {
    struct io_uring_sqe *entry = next_entry(self);
    io_uring_prep_recv(entry, self->socket, self->bytes, sizeof self->bytes, 0);
    io_uring_sqe_set_data(entry, self);
}

static void put_send(connection *self, int count) {
    struct io_uring_sqe *entry = next_entry(&sending);
    io_uring_prep_send(entry, self->socket, self->bytes, (size_t)count, MSG_NOSIGNAL);
    entry->flags |= IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS;
    io_uring_sqe_set_data(entry, &sending);
}

static void handle(const struct io_uring_cqe *event, int listener) {
    void *owner = io_uring_cqe_get_data(event);
    if (owner == &sending) return;
    if (!owner) {
        if (event->res >= 0) {
            connection *new = malloc(sizeof *new);
            if (!new) exit(1);
            new->socket = event->res;
            send_at_once(new->socket);
            put_receive(new);
        }
        if (!(event->flags & IORING_CQE_F_MORE)) put_accept(listener);
        return;
    }
    connection *self = owner;
    if (event->res <= 0) {
        close(self->socket);
        free(self);
        return;
    }
    put_send(self, event->res);
    put_receive(self);
}

int main(int count, char **arguments) {
    int listener = listen_on(count, arguments, 1, 0);
    struct io_uring_params parameters = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN};
    int code = io_uring_queue_init_params(entries, &ring, &parameters);
    if (code != 0) {
        fprintf(stderr, "io_uring: %s\n", strerror(-code));
        return 1;
    }
    put_accept(listener);
    for (;;) {
        io_uring_submit_and_wait(&ring, 1);
        unsigned head, handled = 0;
        struct io_uring_cqe *event;
        io_uring_for_each_cqe(&ring, head, event) {
            handle(event, listener);
            handled++;
        }
        io_uring_cq_advance(&ring, handled);
    }
}
