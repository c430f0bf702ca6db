// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include "gv_turn.h"
#include <errno.h>

// Those answer at once also on a socket that blocks (tcp(7), ip(7)), or were asked to.
enum { NEVER_BLOCKS = MSG_DONTWAIT | MSG_OOB | MSG_ERRQUEUE };

static bool is_final(ssize_t got, size_t wanted, int flags) {
    if (got == -1) return errno != EAGAIN;
    return !(flags & MSG_WAITALL) || got == 0 || (size_t)got >= wanted;
}

ssize_t gv_call_recv(int fd, void *bytes, size_t count, int flags) {
    if (!gv_turn_begin() || flags & NEVER_BLOCKS) return gv_libc.recv(fd, bytes, count, flags);
    int before = errno;
    ssize_t got = gv_libc.recv(fd, bytes, count, flags | MSG_DONTWAIT);
    if (__builtin_expect(is_final(got, count, flags), 1)) return got;
    struct iovec piece = {bytes, count};
    struct msghdr fresh = {.msg_iov = &piece, .msg_iovlen = 1}, message = fresh;
    return gv_receive_on(fd, &message, &fresh, flags, got, before);
}

ssize_t gv_call_recvfrom(int fd, void *bytes, size_t count, int flags, struct sockaddr *from, socklen_t *length) {
    if (!gv_turn_begin() || flags & NEVER_BLOCKS) return gv_libc.recvfrom(fd, bytes, count, flags, from, length);
    int before = errno;
    socklen_t room = from && length ? *length : 0;
    ssize_t got = gv_libc.recvfrom(fd, bytes, count, flags | MSG_DONTWAIT, from, length);
    if (__builtin_expect(is_final(got, count, flags), 1)) return got;
    struct iovec piece = {bytes, count};
    struct msghdr fresh = {.msg_iov = &piece, .msg_iovlen = 1, .msg_name = from, .msg_namelen = room}, message = fresh;
    ssize_t result = gv_receive_on(fd, &message, &fresh, flags, got, before);
    if (result > got && from && length) *length = message.msg_namelen;
    return result;
}

ssize_t gv_call_recvmsg(int fd, struct msghdr *message, int flags) {
    if (!gv_turn_begin() || flags & NEVER_BLOCKS) return gv_libc.recvmsg(fd, message, flags);
    int before = errno;
    // A failed call changes nothing in it, so only for a second part it has to be kept.
    struct msghdr fresh;
    if (flags & MSG_WAITALL) fresh = *message;
    ssize_t got = gv_libc.recvmsg(fd, message, flags | MSG_DONTWAIT);
    if (got == -1) {
        if (errno != EAGAIN) return -1;
        fresh = *message;
    } else if (!(flags & MSG_WAITALL) || is_final(got, gv_pieces_sum(fresh.msg_iov, fresh.msg_iovlen), flags)) {
        return got;
    }
    return gv_receive_on(fd, message, &fresh, flags, got, before);
}

GV_STAND_IN(GV_AREA_SOCKET, recv, gv_call_recv);
GV_STAND_IN(GV_AREA_SOCKET, recvfrom, gv_call_recvfrom);
GV_STAND_IN(GV_AREA_SOCKET, recvmsg, gv_call_recvmsg);
