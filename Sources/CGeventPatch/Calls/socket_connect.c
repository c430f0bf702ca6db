// SPDX-License-Identifier: Apache-2.0
// connect(2): begun in a moment of O_NONBLOCK (gv_blocking.h), waited for, and ended by a second call.
//
// SO_ERROR would tell the result too, but leave the socket in the middle of its connection: a second connect(2) of the
// caller would answer otherwise than after a real one, and after a failure a new try would be refused.
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_calls.h"
#include "gv_patience.h"
#include "gv_turn.h"
#include <errno.h>

static bool is_unfinished(int code, const struct sockaddr *to) {
    // EAGAIN: the listener's queue is full (unix(7)). Elsewhere it is a lack of something that does not come by
    // waiting.
    return code == EINPROGRESS || code == EALREADY || (code == EAGAIN && to->sa_family == AF_UNIX);
}

// One step; its error number, or 0.
static int step(int fd, const struct sockaddr *to, socklen_t length, bool *was_nonblocking) {
    gv_moment moment = gv_moment_begin(fd);
    int result = gv_libc.connect(fd, to, length);
    gv_moment_end(&moment);
    *was_nonblocking = moment.was_nonblocking;
    return result == 0 ? 0 : errno;
}

int gv_call_connect(int fd, const struct sockaddr *to, socklen_t length) {
    if (!gv_turn_begin()) return gv_libc.connect(fd, to, length);
    int before = errno;
    bool was_nonblocking;
    int code = step(fd, to, length, &was_nonblocking);
    // EINPROGRESS, or EALREADY where somebody else began: if it is not done in time, that is the answer.
    int first = code;
    if (was_nonblocking || !is_unfinished(code, to)) return code ? -1 : 0;
    gv_patience patience = gv_patience_of_socket(fd, SO_SNDTIMEO);
    while (is_unfinished(code, to)) {
        // The kernel tells nobody when a full queue has room again.
        long answer = code == EAGAIN ? gv_patience_pause(&patience) : gv_patience_await_one(&patience, fd, POLLOUT);
        if (answer <= 0) return gv_patience_failed(answer, first);
        code = step(fd, to, length, &was_nonblocking);
    }
    // Some families note the end of a connection by themselves.
    if (code == EISCONN) code = 0;
    errno = code ? code : before;
    return code ? -1 : 0;
}

GV_STAND_IN(GV_AREA_SOCKET, connect, gv_call_connect);
GV_STAND_IN(GV_AREA_SOCKET, __connect, gv_call_connect);
