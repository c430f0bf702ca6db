// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_pieces.h"
#include "gv_socket_waits.h"
#include "gv_turn.h"
#include <errno.h>

// The first try is made with the caller's MSG_NOSIGNAL or without, so SIGPIPE comes as the kernel sends it.

static bool is_final(ssize_t sent, size_t wanted, int flags) {
    if (sent == -1) return errno != EAGAIN && !(errno == EINPROGRESS && flags & MSG_FASTOPEN);
    return (size_t)sent >= wanted;
}

ssize_t gv_call_send(int fd, const void *bytes, size_t count, int flags) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.send(fd, bytes, count, flags);
    int before = errno;
    ssize_t sent = gv_libc.send(fd, bytes, count, flags | MSG_DONTWAIT);
    if (__builtin_expect(is_final(sent, count, flags), 1)) return sent;
    struct iovec piece = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    return gv_send_on(fd, &message, flags, sent, before);
}

ssize_t gv_call_sendto(
    int fd, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t length) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.sendto(fd, bytes, count, flags, to, length);
    int before = errno;
    ssize_t sent = gv_libc.sendto(fd, bytes, count, flags | MSG_DONTWAIT, to, length);
    if (__builtin_expect(is_final(sent, count, flags), 1)) return sent;
    struct iovec piece = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_name = (void *)to, .msg_namelen = length};
    if (!to) message.msg_namelen = 0;
    return gv_send_on(fd, &message, flags, sent, before);
}

ssize_t gv_call_sendmsg(int fd, const struct msghdr *message, int flags) {
    if (!gv_turn_begin() || flags & MSG_DONTWAIT) return gv_libc.sendmsg(fd, message, flags);
    int before = errno;
    ssize_t sent = gv_libc.sendmsg(fd, message, flags | MSG_DONTWAIT);
    size_t wanted = sent == -1 ? 0 : gv_pieces_sum(message->msg_iov, message->msg_iovlen);
    if (__builtin_expect(is_final(sent, wanted, flags), 1)) return sent;
    return gv_send_on(fd, message, flags, sent, before);
}

GV_STAND_IN(GV_AREA_SOCKET, send, gv_call_send);
GV_STAND_IN(GV_AREA_SOCKET, __send, gv_call_send);
GV_STAND_IN(GV_AREA_SOCKET, sendto, gv_call_sendto);
GV_STAND_IN(GV_AREA_SOCKET, sendmsg, gv_call_sendmsg);
