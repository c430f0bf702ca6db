// SPDX-License-Identifier: Apache-2.0
// read(2) and readv(2), of whatever the descriptor is.
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

// What the kernel says where it cannot try without waiting: files of drivers that know nothing of it, sockets and pipes
// before Linux 6.5, and everything before 4.14.
static bool is_refusal(int code) { return code == EOPNOTSUPP || code == ENOSYS; }

static ssize_t real_read(int fd, const struct iovec *pieces, int count) {
    return count == 1 ? gv_libc.read(fd, pieces->iov_base, pieces->iov_len) : gv_libc.readv(fd, pieces, count);
}

static ssize_t read_socket(int fd, const struct iovec *pieces, int count, int before) {
    struct msghdr fresh = {.msg_iov = (struct iovec *)pieces, .msg_iovlen = (size_t)count}, message = fresh;
    errno = before;
    ssize_t got = gv_libc.recvmsg(fd, &message, MSG_DONTWAIT);
    return got == -1 && errno == EAGAIN ? gv_receive_on(fd, &message, &fresh, 0, -1, before) : got;
}

// Only the end of a file makes a read of it a short one, so the rest is read too.
static ssize_t read_stored(int fd, const struct iovec *pieces, int count, ssize_t got) {
    gv_pieces rest;
    if (got <= 0) return got == 0 ? 0 : gv_file_read(fd, pieces, (size_t)count, GV_AT_POSITION);
    if (!gv_pieces_take(&rest, pieces, (size_t)count)) return got;
    gv_pieces_advance(&rest, (size_t)got);
    int before = errno;
    ssize_t more = gv_libc.preadv2(fd, rest.first, (int)rest.count, -1, RWF_NOWAIT);
    if (more == -1) more = gv_file_read(fd, rest.first, rest.count, GV_AT_POSITION);
    errno = before;
    gv_pieces_drop(&rest);
    return more > 0 ? got + more : got;
}

// A device that is tried without waiting may give a part only because its processor was wanted elsewhere (/dev/zero).
static ssize_t read_device(int fd, const struct iovec *pieces, int count, ssize_t got) {
    gv_pieces rest;
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    int before = errno;
    if (gv_libc.poll(&entry, 1, 0) == 1 && gv_pieces_take(&rest, pieces, (size_t)count)) {
        gv_pieces_advance(&rest, (size_t)got);
        ssize_t more = real_read(fd, rest.first, (int)rest.count);
        gv_pieces_drop(&rest);
        if (more > 0) got += more;
    }
    errno = before;
    return got;
}

// A descriptor for which the kernel has to be asked first. Somebody else may take what it said was there before the
// read comes to it, which then waits.
static ssize_t read_asking(int fd, const struct iovec *pieces, int count, int before) {
    gv_patience patience = gv_patience_of(GV_FOREVER);
    for (;;) {
        struct pollfd entry = {.fd = fd, .events = POLLIN};
        if (gv_libc.poll(&entry, 1, 0) != 0 || gv_is_nonblocking(fd)) {
            errno = before;
            return real_read(fd, pieces, count);
        }
        long answer = gv_patience_await_one(&patience, fd, POLLIN);
        if (answer <= 0) return gv_patience_failed(answer, EAGAIN);
    }
}

static ssize_t read_stream(int fd, const struct iovec *pieces, int count, int before) {
    gv_patience patience = gv_patience_of(GV_FOREVER);
    if (gv_is_nonblocking(fd)) return -1;
    for (;;) {
        long answer = gv_patience_await_one(&patience, fd, POLLIN);
        if (answer <= 0) return gv_patience_failed(answer, EAGAIN);
        ssize_t got = gv_libc.preadv2(fd, pieces, count, -1, RWF_NOWAIT);
        if (got != -1) errno = before;
        if (got != -1 || errno != EAGAIN) return got;
    }
}

static __attribute__((noinline)) ssize_t read_any(int fd, const struct iovec *pieces, int count, int before) {
    ssize_t got = gv_libc.preadv2(fd, pieces, count, -1, RWF_NOWAIT);
    if (got > 0 && (size_t)got == gv_pieces_sum(pieces, (size_t)count)) {
        // The next one of a socket goes the shorter way.
        if (gv_kind_kept(fd) == GV_KIND_UNKNOWN) gv_kind_ask(fd);
        return got;
    }
    if (got >= 0 && gv_kind_kept(fd) == GV_KIND_STREAM) return got;
    if (got == -1 && errno != EAGAIN && !is_refusal(errno)) return -1;
    int code = errno;
    if (got == -1 && gv_pieces_sum(pieces, (size_t)count) == 0) {
        errno = before;
        return real_read(fd, pieces, count);
    }
    uint32_t kind = gv_kind_ask(fd);
    if (kind == GV_KIND_STORED) {
        errno = before;
        return read_stored(fd, pieces, count, got);
    }
    if (got > 0 && kind == GV_KIND_DEVICE) return read_device(fd, pieces, count, got);
    if (got >= 0) return got;
    if (kind == GV_KIND_SOCKET) return read_socket(fd, pieces, count, before);
    if (is_refusal(code)) return read_asking(fd, pieces, count, before);
    errno = EAGAIN;
    return read_stream(fd, pieces, count, before);
}

ssize_t gv_call_read(int fd, void *bytes, size_t count) {
    // Of nothing all files make nothing at once; to recv(2) it would be a message's worth.
    if (!gv_turn_begin() || (ssize_t)count <= 0) return gv_libc.read(fd, bytes, count);
    int before = errno;
    struct iovec piece = {bytes, count};
    if (gv_kind_kept(fd) == GV_KIND_SOCKET) {
        ssize_t got = gv_libc.recv(fd, bytes, count, MSG_DONTWAIT);
        if (__builtin_expect(got >= 0, 1)) return got;
        if (errno == EAGAIN) return read_socket(fd, &piece, 1, before);
        if (errno != ENOTSOCK) return -1;
        gv_kind_forget(fd);
        errno = before;
    }
    return read_any(fd, &piece, 1, before);
}

ssize_t gv_call_readv(int fd, const struct iovec *pieces, int count) {
    if (!gv_turn_begin() || count <= 0 || count > 1024) return gv_libc.readv(fd, pieces, count);
    return read_any(fd, pieces, count, errno);
}

GV_STAND_IN(GV_AREA_OS, read, gv_call_read);
GV_STAND_IN(GV_AREA_OS, __read, gv_call_read);
GV_STAND_IN(GV_AREA_OS, readv, gv_call_readv);
