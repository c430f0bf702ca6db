// SPDX-License-Identifier: Apache-2.0
// Several messages in one call: recvmmsg(2), sendmmsg(2).
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_calls.h"
#include "gv_patience.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include "gv_turn.h"
#include <errno.h>

// The kernel looks at the time limit only after a message has come, so without one the call waits for ever:
// recvmmsg(2), BUGS. Whoever calls it knows.
static bool is_late(const gv_patience *limit, struct timespec *timeout) {
    if (!timeout) return false;
    uint64_t left = gv_patience_left(limit);
    *timeout = (struct timespec){.tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000)};
    return left == 0;
}

static int receive_more(
    int fd, struct mmsghdr *messages, unsigned count, int flags, gv_patience *limit, struct timespec *timeout,
    int first) {
    gv_patience patience = gv_patience_of_socket(fd, SO_RCVTIMEO);
    unsigned done = first > 0 ? (unsigned)first : 0;
    while (done < count) {
        if (done && (is_late(limit, timeout) || flags & MSG_WAITFORONE)) break;
        long answer = gv_patience_await_one(&patience, fd, POLLIN);
        if (answer <= 0) return done ? (int)done : gv_patience_failed(answer, EAGAIN);
        // An error is kept for the next call if there was a message before it.
        if (done && gv_is_spent_receiving(fd)) break;
        int more = gv_libc.recvmmsg(fd, messages + done, count - done, flags | MSG_DONTWAIT, 0);
        if (more == -1 && errno != EAGAIN) return done ? (int)done : -1;
        if (more > 0) done += (unsigned)more;
        // SO_RCVTIMEO is for each message.
        if (more > 0) patience = gv_patience_of_socket(fd, SO_RCVTIMEO);
    }
    is_late(limit, timeout);
    return (int)done;
}

// What such flags mean is for each message.
static int receive_each(
    int fd, struct mmsghdr *messages, unsigned count, int flags, gv_patience *limit, struct timespec *timeout) {
    unsigned done = 0;
    int each = flags & ~MSG_WAITFORONE;
    while (done < count) {
        if (done && gv_is_spent_receiving(fd)) break;
        ssize_t got = gv_call_recvmsg(fd, &messages[done].msg_hdr, each);
        if (got == -1) return done ? (int)done : -1;
        messages[done++].msg_len = (unsigned)got;
        if (is_late(limit, timeout)) break;
        if (flags & MSG_WAITFORONE) each |= MSG_DONTWAIT;
    }
    return (int)done;
}

int gv_call_recvmmsg(int fd, void *messages, unsigned count, int flags, struct timespec *timeout) {
    bool is_refused = timeout && !gv_is_valid_timespec(timeout);
    if (!gv_turn_begin() || is_refused || flags & MSG_DONTWAIT)
        return gv_libc.recvmmsg(fd, messages, count, flags, timeout);
    int before = errno;
    gv_patience limit = gv_patience_of(timeout ? gv_from_timespec(timeout) : GV_FOREVER);
    if (flags & (MSG_WAITALL | MSG_OOB | MSG_ERRQUEUE)) {
        int got = receive_each(fd, messages, count, flags, &limit, timeout);
        if (got != -1) errno = before;
        return got;
    }
    int got = gv_libc.recvmmsg(fd, messages, count, flags | MSG_DONTWAIT, timeout);
    if (got == -1 && errno != EAGAIN) return -1;
    if (got != -1 && ((unsigned)got >= count || flags & MSG_WAITFORONE || is_late(&limit, timeout))) return got;
    if (gv_is_nonblocking(fd)) return got;
    got = receive_more(fd, messages, count, flags, &limit, timeout, got);
    if (got != -1) errno = before;
    return got;
}

// Sees one message to its end, or to the error that ends it in the middle. False if there is nothing more to be sent.
//
// A part is a message sent, and the last one, as in the kernel.
static bool finish(int fd, struct mmsghdr *message, int flags, ssize_t sent, int before) {
    struct msghdr *header = &message->msg_hdr;
    size_t wanted = gv_pieces_sum(header->msg_iov, header->msg_iovlen);
    if (sent == -1 || (size_t)sent < wanted) sent = gv_send_on(fd, header, flags, sent, before);
    if (sent != -1) message->msg_len = (unsigned)sent;
    return sent != -1 && (size_t)sent >= wanted;
}

int gv_call_sendmmsg(int fd, void *list, unsigned count, int flags) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.sendmmsg(fd, list, count, flags);
    int before = errno;
    struct mmsghdr *messages = list;
    int done = gv_libc.sendmmsg(fd, messages, count, flags | MSG_DONTWAIT);
    if (done == -1 ? errno != EAGAIN : done == 0) return done;
    unsigned most = count < 1024 ? count : 1024;   // UIO_MAXIOV: the kernel takes no more at once
    if (done == -1) done = 0;
    else if (!finish(fd, messages + done - 1, flags, messages[done - 1].msg_len, before)) return done;
    for (; (unsigned)done < most; done++) {
        struct mmsghdr *message = messages + done;
        // Zero has no part that could be taken for it.
        message->msg_len = 0;
        ssize_t sent = gv_libc.sendmsg(fd, &message->msg_hdr, flags | MSG_DONTWAIT);
        if (sent == -1 && errno != EAGAIN) break;
        if (finish(fd, message, flags, sent, before)) continue;
        done += message->msg_len > 0;
        break;
    }
    if (done == 0) return -1;
    errno = before;
    return done;
}

GV_STAND_IN(GV_AREA_SOCKET, recvmmsg, gv_call_recvmmsg);
GV_STAND_IN(GV_AREA_SOCKET, sendmmsg, gv_call_sendmmsg);
