// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_patience.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include <errno.h>

bool gv_is_spent_sending(int fd) {
    struct pollfd entry = {.fd = fd, .events = POLLOUT};
    return gv_libc.poll(&entry, 1, 0) == 1 && entry.revents & POLLHUP;
}

// Only a stream takes parts, so what goes on after one is a stream's. The address and what comes along went with the
// first. The error that ends it after a part raises no SIGPIPE, as in the kernel: the next call will.
static ssize_t send_rest(
    int fd, const struct msghdr *message, int flags, ssize_t sent, gv_pieces *rest, gv_patience *patience) {
    struct msghdr next = *message;
    while (rest->bytes || sent == -1) {
        long answer = gv_patience_await_one(patience, fd, POLLOUT);
        if (answer <= 0) return sent == -1 ? gv_patience_failed(answer, EAGAIN) : sent;
        if (sent != -1 && gv_is_spent_sending(fd)) break;
        next.msg_iov = rest->first;
        next.msg_iovlen = rest->count;
        ssize_t more = gv_libc.sendmsg(fd, &next, flags | MSG_DONTWAIT);
        if (more == -1 && errno == EAGAIN) continue;
        if (more == -1) return sent;
        sent = sent == -1 ? more : sent + more;
        gv_pieces_advance(rest, (size_t)more);
        next = (struct msghdr){0};
        flags |= MSG_NOSIGNAL;
    }
    return sent;
}

ssize_t gv_send_on(int fd, const struct msghdr *message, int flags, ssize_t first, int before) {
    if (gv_is_nonblocking(fd)) return first;
    gv_pieces rest;
    if (!gv_pieces_take(&rest, message->msg_iov, message->msg_iovlen)) {
        errno = first == -1 ? ENOMEM : before;
        return first;
    }
    gv_patience patience = gv_patience_of_socket(fd, SO_SNDTIMEO);
    struct msghdr begun = *message;
    // The connection is on its way (tcp(7), MSG_FASTOPEN), and the data goes once it stands.
    bool is_connecting = first == -1 && errno == EINPROGRESS;
    if (first != -1) {
        gv_pieces_advance(&rest, (size_t)first);
        begun = (struct msghdr){0};
        flags |= MSG_NOSIGNAL;
    } else if (is_connecting) {
        begun.msg_name = 0;
        begun.msg_namelen = 0;
        flags &= ~MSG_FASTOPEN;
    }
    ssize_t sent = send_rest(fd, &begun, flags, first, &rest, &patience);
    gv_pieces_drop(&rest);
    if (sent != -1) errno = before;
    return sent;
}
