// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include "gv_turn.h"
#include <errno.h>

static bool is_final(ssize_t got) { return got != -1 || errno != EAGAIN; }

// With MSG_WAITALL it is worth knowing what came along.
static ssize_t receive_all(int fd, struct msghdr *message, int flags) {
    int before = errno;
    struct msghdr fresh = *message;
    ssize_t got = gv_libc.recvmsg(fd, message, flags | MSG_DONTWAIT);
    if (got == -1 && errno != EAGAIN) return -1;
    if (got == 0 || (got > 0 && (size_t)got >= gv_pieces_sum(fresh.msg_iov, fresh.msg_iovlen))) return got;
    return gv_receive_on(fd, message, &fresh, flags, got, before);
}

ssize_t gv_call_recv(int fd, void *bytes, size_t count, int flags) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.recv(fd, bytes, count, flags);
    int before = errno;
    struct iovec piece = {bytes, count};
    struct msghdr fresh = {.msg_iov = &piece, .msg_iovlen = 1}, message = fresh;
    if (__builtin_expect(flags & MSG_WAITALL, 0)) return receive_all(fd, &message, flags);
    ssize_t got = gv_libc.recv(fd, bytes, count, flags | MSG_DONTWAIT);
    if (__builtin_expect(is_final(got), 1)) return got;
    return gv_receive_on(fd, &message, &fresh, flags, -1, before);
}

ssize_t gv_call_recvfrom(int fd, void *bytes, size_t count, int flags, struct sockaddr *from, socklen_t *length) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.recvfrom(fd, bytes, count, flags, from, length);
    int before = errno;
    ssize_t got = -1;
    if (!(flags & MSG_WAITALL)) {
        got = gv_libc.recvfrom(fd, bytes, count, flags | MSG_DONTWAIT, from, length);
        if (__builtin_expect(is_final(got), 1)) return got;
    }
    struct iovec piece = {bytes, count};
    struct msghdr fresh = {.msg_iov = &piece, .msg_iovlen = 1, .msg_name = from}, message;
    if (from && length) fresh.msg_namelen = *length;
    message = fresh;
    if (flags & MSG_WAITALL) got = receive_all(fd, &message, flags);
    else got = gv_receive_on(fd, &message, &fresh, flags, -1, before);
    if (got != -1 && from && length) *length = message.msg_namelen;
    return got;
}

ssize_t gv_call_recvmsg(int fd, struct msghdr *message, int flags) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.recvmsg(fd, message, flags);
    if (__builtin_expect(flags & MSG_WAITALL, 0)) return receive_all(fd, message, flags);
    int before = errno;
    ssize_t got = gv_libc.recvmsg(fd, message, flags | MSG_DONTWAIT);
    if (__builtin_expect(is_final(got), 1)) return got;
    // A call that failed has changed nothing in it.
    struct msghdr fresh = *message;
    return gv_receive_on(fd, message, &fresh, flags, -1, before);
}

GV_STAND_IN(GV_AREA_SOCKET, recv, gv_call_recv);
GV_STAND_IN(GV_AREA_SOCKET, recvfrom, gv_call_recvfrom);
GV_STAND_IN(GV_AREA_SOCKET, recvmsg, gv_call_recvmsg);
