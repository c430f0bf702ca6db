// SPDX-License-Identifier: Apache-2.0
// Servers over level-triggered epoll: epoll_server echo|sink|source|file PORT [FILE].
//
// echo: every byte goes back. sink: bytes are dropped. source: chunks are written until the peer has gone. file: a file is
// sent by the system, once.
#define _GNU_SOURCE
#include "listening.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

enum { most_events = 512, most_sockets = 65536 };

static char chunk[chunk_size];
static off_t file_size, sent[most_sockets];
static int file = -1;

// Each returns whether the connection goes on.
static int would_block(void) { return errno == EAGAIN || errno == EINTR; }

static int echo(int socket) {
    ssize_t got = recv(socket, chunk, message_room, 0);
    if (got < 0) return would_block();
    // Loopback takes a message of the load's whole; a server for others would keep what is left.
    return got > 0 && send(socket, chunk, (size_t)got, MSG_NOSIGNAL) == got;
}

static int swallow(int socket) {
    ssize_t got = recv(socket, chunk, chunk_size, 0);
    return got > 0 || (got < 0 && would_block());
}

static int pour(int socket) {
    return send(socket, chunk, chunk_size, MSG_NOSIGNAL) >= 0 || would_block();
}

static int send_file(int socket) {
    if (sendfile(socket, file, &sent[socket], (size_t)(file_size - sent[socket])) < 0) return would_block();
    return sent[socket] < file_size;
}

int main(int count, char **arguments) {
    int listener = listen_on(count, arguments, 2, SOCK_NONBLOCK);
    const char *mode = arguments[1];
    int is_writing = strcmp(mode, "source") == 0 || strcmp(mode, "file") == 0;
    int (*act)(int) = strcmp(mode, "echo") == 0   ? echo
                      : strcmp(mode, "sink") == 0 ? swallow
                      : strcmp(mode, "file") == 0 ? send_file
                                                  : pour;
    struct stat facts;
    if (count > 3 && (file = open(arguments[3], O_RDONLY)) >= 0 && fstat(file, &facts) == 0) file_size = facts.st_size;
    int list = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(list, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        struct epoll_event events[most_events];
        int ready = epoll_wait(list, events, most_events, -1);
        for (int i = 0; i < ready; i++) {
            int socket = events[i].data.fd;
            if (socket != listener) {
                if (!act(socket)) close(socket);
                continue;
            }
            while ((socket = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
                send_at_once(socket);
                if (socket < most_sockets) sent[socket] = 0;
                event = (struct epoll_event){.events = is_writing ? EPOLLOUT : EPOLLIN, .data.fd = socket};
                epoll_ctl(list, EPOLL_CTL_ADD, socket, &event);
            }
        }
    }
}
