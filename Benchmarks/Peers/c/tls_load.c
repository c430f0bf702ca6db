// SPDX-License-Identifier: Apache-2.0
// The load of all servers that speak TLS, one thread: tls_load echo|handshake PORT SERVER_PID SECONDS CONNECTIONS.
//
// echo: messages of 64 bytes there and back. handshake: connections that are closed as soon as they are made; none is
// resumed. The certificate is not verified: that is the client's own work.
#include "load.h"
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>

enum { most_events = 512 };

typedef enum { shaking, echoing, closing } stage;

typedef struct {
    SSL *tls;
    int socket, have;
    stage stage;
    uint64_t since;
} line;

static SSL_CTX *context;
static int list, is_handshake;
static char message[message_bytes + 1];

static void open_line(line *self, const measurement *run) {
    self->since = now();
    self->socket = connect_from(run->port, is_handshake ? 1 + (uint32_t)(run->count % 200) : 0);
    never_block(self->socket);
    self->tls = SSL_new(context);
    self->stage = shaking;
    SSL_set_fd(self->tls, self->socket);
    SSL_set_connect_state(self->tls);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = self};
    epoll_ctl(list, EPOLL_CTL_ADD, self->socket, &event);
}

// The server is to find the end of the stream, not a connection that was cut.
static void end_line(line *self, measurement *run) {
    SSL_free(self->tls);
    close(self->socket);
    record(run, now() - self->since);
    open_line(self, run);
    SSL_do_handshake(self->tls);
}

static void send_message(line *self) {
    self->have = 0;
    self->since = now();
    if (SSL_write(self->tls, message, message_bytes) != message_bytes) fail("SSL_write");
}

// Whether it has to wait for the server.
static int waits(line *self, int result) {
    int reason = SSL_get_error(self->tls, result);
    if (reason == SSL_ERROR_WANT_READ) return 1;
    if (self->stage == closing) return 0;
    fputs("a connection was lost\n", stderr);
    exit(1);
}

static void go_on(line *self, measurement *run) {
    char bytes[message_bytes];
    if (self->stage == shaking) {
        int result = SSL_do_handshake(self->tls);
        if (result != 1) {
            waits(self, result);
            return;
        }
        self->stage = is_handshake ? closing : echoing;
        if (is_handshake) SSL_shutdown(self->tls);
        else send_message(self);
    }
    for (;;) {
        int got = SSL_read(self->tls, bytes, sizeof bytes);
        if (got <= 0) {
            if (!waits(self, got)) end_line(self, run);
            return;
        }
        self->have += got;
        if (self->stage != echoing || self->have < message_bytes) continue;
        record(run, now() - self->since);
        send_message(self);
    }
}

int main(int count, char **arguments) {
    if (count != 6) return 2;
    signal(SIGPIPE, SIG_IGN);
    measurement run = begin(arguments, 2);
    is_handshake = asked(arguments, "handshake");
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, 0);
    // A line that reads the same backwards: one of the servers turns lines round.
    memset(message, 'x', message_bytes);
    message[message_bytes - 1] = '\n';
    list = epoll_create1(EPOLL_CLOEXEC);
    int connections = atoi(arguments[5]);
    line *lines = calloc((size_t)connections, sizeof *lines);
    for (int i = 0; i < connections; i++) {
        open_line(&lines[i], &run);
        SSL_do_handshake(lines[i].tls);
    }
    start_clock(&run);
    while (goes_on(&run, now())) {
        struct epoll_event events[most_events];
        int ready = epoll_wait(list, events, most_events, 1000);
        for (int i = 0; i < ready; i++) go_on(events[i].data.ptr, &run);
    }
    finish_messages(&run);
}
