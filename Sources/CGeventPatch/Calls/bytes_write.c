// SPDX-License-Identifier: Apache-2.0
// write(2) and writev(2), to whatever the descriptor is.
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_calls.h"
#include "gv_file_jobs.h"
#include "gv_kind.h"
#include "gv_patience.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include "gv_turn.h"
#include <errno.h>
#include <limits.h>

// A terminal takes so much at once where it takes anything; more is written by the pool, since it may have been
// stopped.
enum { TERMINAL_BYTES = 4096 };

static ssize_t real_write(int fd, const struct iovec *pieces, int count) {
    return count == 1 ? gv_libc.write(fd, pieces->iov_base, pieces->iov_len) : gv_libc.writev(fd, pieces, count);
}

static ssize_t write_socket(int fd, const struct msghdr *message, int before) {
    errno = before;
    ssize_t sent = gv_libc.sendmsg(fd, message, MSG_DONTWAIT);
    size_t wanted = gv_pieces_sum(message->msg_iov, message->msg_iovlen);
    if (sent == -1 ? errno != EAGAIN : (size_t)sent >= wanted) return sent;
    return gv_send_on(fd, message, 0, sent, before);
}

// What is stored is written to its end by the pool. A file that several append to at once may be split there, between
// what was taken without waiting and the rest.
static ssize_t write_stored(int fd, gv_pieces *rest, ssize_t done) {
    ssize_t more = gv_file_write(fd, rest->first, rest->count, GV_AT_POSITION);
    return done == -1 ? more : more == -1 ? done : done + more;
}

// One try; where the kernel refuses those without waiting, it is asked, and given what it takes for sure if it has
// room.
static ssize_t try_part(int fd, const gv_pieces *rest, size_t sure) {
    if (!sure) return gv_libc.pwritev2(fd, rest->first, (int)rest->count, -1, RWF_NOWAIT);
    struct pollfd entry = {.fd = fd, .events = POLLOUT};
    if (gv_libc.poll(&entry, 1, 0) == 0) {
        errno = EAGAIN;
        return -1;
    }
    if (rest->bytes <= sure) return real_write(fd, rest->first, (int)rest->count);
    return gv_libc.write(fd, rest->first->iov_base, rest->first->iov_len < sure ? rest->first->iov_len : sure);
}

static ssize_t write_stream(int fd, gv_pieces *rest, ssize_t done, size_t sure) {
    gv_patience patience = gv_patience_of(GV_FOREVER);
    bool must_wait = !sure;
    while (rest->bytes) {
        if (must_wait) {
            long answer = gv_patience_await_one(&patience, fd, POLLOUT);
            if (answer <= 0) return done == -1 ? gv_patience_failed(answer, EAGAIN) : done;
        }
        ssize_t more = try_part(fd, rest, sure);
        if (more == -1 && errno != EAGAIN) return done;
        must_wait = more == -1;
        if (must_wait) continue;
        done = done == -1 ? more : done + more;
        gv_pieces_advance(rest, (size_t)more);
    }
    return done;
}

static ssize_t write_on(int fd, const struct iovec *pieces, int count, ssize_t sent, bool is_refused, int before) {
    uint32_t kind = gv_kind_ask(fd);
    if (kind == GV_KIND_SOCKET) {
        struct msghdr message = {.msg_iov = (struct iovec *)pieces, .msg_iovlen = (size_t)count};
        return is_refused ? write_socket(fd, &message, before) : gv_send_on(fd, &message, 0, sent, before);
    }
    if (kind != GV_KIND_STORED && gv_is_nonblocking(fd)) {
        if (!is_refused) return sent;
        errno = before;
        return real_write(fd, pieces, count);
    }
    gv_pieces rest;
    if (!gv_pieces_take(&rest, pieces, (size_t)count)) {
        errno = sent == -1 ? ENOMEM : before;
        return sent;
    }
    if (sent > 0) gv_pieces_advance(&rest, (size_t)sent);
    size_t sure = !is_refused ? 0 : kind == GV_KIND_DEVICE ? TERMINAL_BYTES : PIPE_BUF;
    if (kind == GV_KIND_STORED || (kind == GV_KIND_DEVICE && rest.bytes > TERMINAL_BYTES))
        sent = write_stored(fd, &rest, sent);
    else
        sent = write_stream(fd, &rest, sent, sure);
    gv_pieces_drop(&rest);
    if (sent != -1) errno = before;
    return sent;
}

static __attribute__((noinline)) ssize_t write_any(int fd, const struct iovec *pieces, int count, int before) {
    ssize_t sent = gv_libc.pwritev2(fd, pieces, count, -1, RWF_NOWAIT);
    if (sent >= 0 && (size_t)sent == gv_pieces_sum(pieces, (size_t)count)) {
        // The next one to a socket goes the shorter way.
        if (gv_kind_kept(fd) == GV_KIND_UNKNOWN) gv_kind_ask(fd);
        return sent;
    }
    bool is_refused = sent == -1 && (errno == EOPNOTSUPP || errno == ENOSYS);
    if (sent == -1 && errno != EAGAIN && !is_refused) return -1;
    if (sent == -1 && gv_pieces_sum(pieces, (size_t)count) == 0) {
        errno = before;
        return real_write(fd, pieces, count);
    }
    return write_on(fd, pieces, count, sent, is_refused, before);
}

ssize_t gv_call_write(int fd, const void *bytes, size_t count) {
    if (!gv_turn_begin() || (ssize_t)count < 0) return gv_libc.write(fd, bytes, count);
    int before = errno;
    struct iovec piece = {(void *)bytes, count};
    uint32_t kind = gv_kind_kept(fd);
    // Nothing, written to a socket of messages, is a message too, and may have to wait for room.
    if (count == 0 && gv_kind_ask(fd) != (kind = GV_KIND_SOCKET)) return gv_libc.write(fd, bytes, count);
    if (kind == GV_KIND_SOCKET) {
        ssize_t sent = gv_libc.send(fd, bytes, count, MSG_DONTWAIT);
        if (__builtin_expect(sent == (ssize_t)count, 1)) return sent;
        struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
        if (sent >= 0 || errno == EAGAIN) return gv_send_on(fd, &message, 0, sent, before);
        if (errno != ENOTSOCK) return -1;
        gv_kind_forget(fd);
        errno = before;
    }
    return write_any(fd, &piece, 1, before);
}

ssize_t gv_call_writev(int fd, const struct iovec *pieces, int count) {
    if (!gv_turn_begin() || count <= 0 || count > 1024) return gv_libc.writev(fd, pieces, count);
    return write_any(fd, pieces, count, errno);
}

GV_STAND_IN(GV_AREA_OS, write, gv_call_write);
GV_STAND_IN(GV_AREA_OS, __write, gv_call_write);
GV_STAND_IN(GV_AREA_OS, writev, gv_call_writev);
