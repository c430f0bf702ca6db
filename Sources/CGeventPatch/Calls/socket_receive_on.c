// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_patience.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include <errno.h>
#include <sys/ioctl.h>

bool gv_is_spent_receiving(int fd) {
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    int waiting = 0;
    if (gv_libc.poll(&entry, 1, 0) != 1 || !(entry.revents & POLLERR)) return false;
    return ioctl(fd, FIONREAD, &waiting) == -1 || waiting == 0;
}

static bool is_of(int fd, int option, int value) {
    int found = -1;
    socklen_t length = sizeof found;
    return getsockopt(fd, SOL_SOCKET, option, &found, &length) == 0 && found == value;
}

// Urgent bytes and errors are not waited for, also where the socket blocks (tcp(7), ip(7)). But where there are no such
// bytes, as with UDP, or no queue of errors, as in unix(7), the flag means nothing.
static bool answers_at_once(int fd, int flags) {
    if (flags & MSG_OOB && is_of(fd, SO_TYPE, SOCK_STREAM)) return true;
    return flags & MSG_ERRQUEUE && (is_of(fd, SO_DOMAIN, AF_INET) || is_of(fd, SO_DOMAIN, AF_INET6));
}

// Where there was no room for them, MSG_CTRUNC says that they were there.
bool gv_carries_files(const struct msghdr *message) {
    if (message->msg_flags & MSG_CTRUNC) return true;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR((struct msghdr *)message, part))
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) return true;
    return false;
}

// What the kernel has told of a part belongs to the caller; the list of pieces is what it was.
static void keep(struct msghdr *message, const struct msghdr *told) {
    message->msg_namelen = told->msg_namelen;
    message->msg_controllen = told->msg_controllen;
    message->msg_flags = told->msg_flags;
}

// A look takes nothing away, so the socket stays readable, and there is no event for more. We look again now and then.
static ssize_t peek_on(
    int fd, struct msghdr *message, const struct msghdr *fresh, int flags, ssize_t got, gv_patience *patience) {
    size_t wanted = gv_pieces_sum(fresh->msg_iov, fresh->msg_iovlen);
    while (got > 0 && (size_t)got < wanted) {
        struct pollfd entry = {.fd = fd, .events = POLLRDHUP};
        if (gv_libc.poll(&entry, 1, 0) == 1 || gv_patience_pause(patience) <= 0) break;
        struct msghdr next = *fresh;
        ssize_t more = gv_libc.recvmsg(fd, &next, flags | MSG_DONTWAIT);
        if (more < got) break;
        got = more;
        keep(message, &next);
    }
    return got;
}

static ssize_t fill(
    int fd, struct msghdr *message, const struct msghdr *fresh, int flags, ssize_t got, gv_patience *patience) {
    gv_pieces rest;
    if (!gv_pieces_take(&rest, fresh->msg_iov, fresh->msg_iovlen)) return got;
    gv_pieces_advance(&rest, (size_t)got);
    // Files that come along end it, as they do in the kernel (unix(7)): they belong to these bytes.
    while (rest.bytes && !gv_carries_files(message)) {
        if (gv_patience_await_one(patience, fd, POLLIN) <= 0 || gv_is_spent_receiving(fd)) break;
        struct msghdr next = *fresh;
        next.msg_iov = rest.first;
        next.msg_iovlen = rest.count;
        ssize_t more = gv_libc.recvmsg(fd, &next, flags | MSG_DONTWAIT);
        if (more == -1 && errno == EAGAIN) continue;
        if (more <= 0) break;
        got += more;
        gv_pieces_advance(&rest, (size_t)more);
        keep(message, &next);
    }
    gv_pieces_drop(&rest);
    return got;
}

ssize_t gv_receive_on(
    int fd, struct msghdr *message, const struct msghdr *fresh, int flags, ssize_t first, int before) {
    if (answers_at_once(fd, flags) || gv_is_nonblocking(fd)) return first;
    gv_patience patience = gv_patience_of_socket(fd, SO_RCVTIMEO);
    ssize_t got = first;
    while (got == -1) {
        long answer = gv_patience_await_one(&patience, fd, POLLIN);
        if (answer <= 0) return gv_patience_failed(answer, EAGAIN);
        struct msghdr next = *fresh;
        got = gv_libc.recvmsg(fd, &next, flags | MSG_DONTWAIT);
        if (got == -1 && errno != EAGAIN) return -1;
        if (got != -1) keep(message, &next);
    }
    if (flags & MSG_WAITALL && got > 0 && is_of(fd, SO_TYPE, SOCK_STREAM)) {
        // Of a stream of unix(7), a look tells what there is.
        if (!(flags & MSG_PEEK)) got = fill(fd, message, fresh, flags, got, &patience);
        else if (!is_of(fd, SO_DOMAIN, AF_UNIX)) got = peek_on(fd, message, fresh, flags, got, &patience);
    }
    errno = before;
    return got;
}
