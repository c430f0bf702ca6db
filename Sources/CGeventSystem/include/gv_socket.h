// SPDX-License-Identifier: Apache-2.0

#ifndef GV_SOCKET_H
#define GV_SOCKET_H

#include "gv_libc.h"
#include "gv_result.h"
#include <sys/socket.h>
#include <sys/uio.h>

// Addresses are passed as `void *`: the kernel reads them as bytes, and Swift need not lie about
// the type of the memory it lends.

static inline long gv_socket_open(int domain, int type, int protocol) {
    return gv_result(socket(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
}

static inline long gv_socket_open_pair(int domain, int type, int ends[2]) {
    return gv_result(socketpair(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends));
}

static inline long gv_socket_bind(int fd, const void *address, socklen_t length) {
    return gv_result(bind(fd, (const struct sockaddr *)address, length));
}

static inline long gv_socket_listen(int fd, int backlog) {
    return gv_result(listen(fd, backlog));
}

// accept4(2), non-blocking and closed on exec.
long gv_socket_accept(int fd, void *address, socklen_t *length);

static inline long gv_socket_connect(int fd, const void *address, socklen_t length) {
    return gv_result(gv_libc.connect(fd, (const struct sockaddr *)address, length));
}

static inline long gv_socket_local_address(int fd, void *address, socklen_t *length) {
    return gv_result(getsockname(fd, (struct sockaddr *)address, length));
}

static inline long gv_socket_peer_address(int fd, void *address, socklen_t *length) {
    return gv_result(getpeername(fd, (struct sockaddr *)address, length));
}

static inline long gv_socket_get_option(int fd, int level, int name, void *value,
                                        socklen_t *length) {
    return gv_result(getsockopt(fd, level, name, value, length));
}

static inline long gv_socket_set_option(int fd, int level, int name, const void *value,
                                        socklen_t length) {
    return gv_result(setsockopt(fd, level, name, value, length));
}

static inline long gv_socket_shut_down(int fd, int how) {
    return gv_result(shutdown(fd, how));
}

// recv(2) of a descriptor that does not block.
long gv_socket_receive(int fd, void *bytes, size_t count, int flags);

static inline long gv_socket_receive_from(int fd, void *bytes, size_t count, int flags,
                                          void *address, socklen_t *length) {
    return gv_result(gv_libc.recvfrom(fd, bytes, count, flags, (struct sockaddr *)address, length));
}

// MSG_NOSIGNAL in every send: a peer that has gone is an error of this call, not a SIGPIPE that
// ends the process.

// send(2) to a descriptor that does not block, without a signal if the peer has gone.
long gv_socket_send(int fd, const void *bytes, size_t count, int flags);

static inline long gv_socket_send_to(int fd, const void *bytes, size_t count, int flags,
                                     const void *address, socklen_t length) {
    return gv_result(gv_libc.sendto(fd, bytes, count, flags | MSG_NOSIGNAL,
                            (const struct sockaddr *)address, length));
}

static inline long gv_socket_send_gathered(int fd, struct iovec *pieces, size_t count) {
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = count};
    return gv_result(gv_libc.sendmsg(fd, &message, MSG_NOSIGNAL));
}

#endif
