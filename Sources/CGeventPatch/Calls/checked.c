// SPDX-License-Identifier: Apache-2.0
// The names that -D_FORTIFY_SOURCE gives to calls whose buffer the compiler knows the size of.
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "../gv_stand_in.h"

// As the C library ends such a program.
extern void __chk_fail(void) __attribute__((noreturn));

static void check(bool fits) {
    if (__builtin_expect(!fits, 0)) __chk_fail();
}

ssize_t gv_call_read_chk(int fd, void *bytes, size_t count, size_t room) {
    check(count <= room);
    return gv_call_read(fd, bytes, count);
}

ssize_t gv_call_pread_chk(int fd, void *bytes, size_t count, int64_t offset, size_t room) {
    check(count <= room);
    return gv_call_pread(fd, bytes, count, offset);
}

ssize_t gv_call_recv_chk(int fd, void *bytes, size_t count, size_t room, int flags) {
    check(count <= room);
    return gv_call_recv(fd, bytes, count, flags);
}

ssize_t gv_call_recvfrom_chk(
    int fd, void *bytes, size_t count, size_t room, int flags, struct sockaddr *from, socklen_t *length) {
    check(count <= room);
    return gv_call_recvfrom(fd, bytes, count, flags, from, length);
}

int gv_call_poll_chk(struct pollfd *entries, nfds_t count, int timeout, size_t room) {
    check(count <= room / sizeof *entries);
    return gv_call_poll(entries, count, timeout);
}

int gv_call_ppoll_chk(
    struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask, size_t room) {
    check(count <= room / sizeof *entries);
    return gv_call_ppoll(entries, count, timeout, mask);
}

GV_STAND_IN(GV_AREA_OS, __read_chk, gv_call_read_chk);
GV_STAND_IN(GV_AREA_OS, __pread_chk, gv_call_pread_chk);
GV_STAND_IN(GV_AREA_OS, __pread64_chk, gv_call_pread_chk);
GV_STAND_IN(GV_AREA_SOCKET, __recv_chk, gv_call_recv_chk);
GV_STAND_IN(GV_AREA_SOCKET, __recvfrom_chk, gv_call_recvfrom_chk);
GV_STAND_IN(GV_AREA_SELECT, __poll_chk, gv_call_poll_chk);
GV_STAND_IN(GV_AREA_SELECT, __ppoll_chk, gv_call_ppoll_chk);
