// SPDX-License-Identifier: Apache-2.0
// accept(2): it has no flag for one call that does not wait, so a listener that blocks is waited for first.
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_calls.h"
#include "gv_patience.h"
#include "gv_turn.h"
#include <errno.h>

// What is no listener answers with its error, and does not wait.
static bool would_wait(int fd) {
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    int is_listener = 0, before = errno;
    socklen_t length = sizeof is_listener;
    if (gv_libc.poll(&entry, 1, 0) != 0) return false;
    bool waits = getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listener, &length) == 0 && is_listener;
    errno = before;
    return waits;
}

// A listener of unix(7) that was shut says EAGAIN to who does not wait, and its error at once to who would.
static bool is_shut(int fd) {
    struct pollfd entry = {.fd = fd, .events = POLLRDHUP};
    return gv_libc.poll(&entry, 1, 0) == 1;
}

int gv_call_accept4(int fd, struct sockaddr *from, socklen_t *length, int flags) {
    if (!gv_turn_begin()) return gv_libc.accept4(fd, from, length, flags);
    if (gv_is_nonblocking(fd)) return gv_libc.accept4(fd, from, length, flags);
    int before = errno;
    bool is_patient = false;
    gv_patience patience;
    for (;;) {
        if (!would_wait(fd)) {
            // Another process may have been faster, so it must not block.
            gv_moment moment = gv_moment_begin(fd);
            int number = gv_libc.accept4(fd, from, length, flags);
            gv_moment_end(&moment);
            if (number != -1 && is_patient) errno = before;
            if (number != -1 || errno != EAGAIN || moment.was_nonblocking) return number;
            if (is_shut(fd)) return gv_libc.accept4(fd, from, length, flags);
        }
        if (!is_patient) patience = gv_patience_of_socket(fd, SO_RCVTIMEO);
        is_patient = true;
        long answer = gv_patience_await_one(&patience, fd, POLLIN);
        if (answer <= 0) return gv_patience_failed(answer, EAGAIN);
    }
}

int gv_call_accept(int fd, struct sockaddr *from, socklen_t *length) {
    if (!gv_may_park()) return gv_libc.accept(fd, from, length);
    return gv_call_accept4(fd, from, length, 0);
}

GV_STAND_IN(GV_AREA_SOCKET, accept, gv_call_accept);
GV_STAND_IN(GV_AREA_SOCKET, accept4, gv_call_accept4);
