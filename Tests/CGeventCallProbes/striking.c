// SPDX-License-Identifier: Apache-2.0
// Calls that nobody would ever end, for a greenlet that is struck in one; and calls that never wait.
#include "probe.h"
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/un.h>

static const char *const names[] = {
    "recv", "recv of all, after a part", "recvmmsg, after one", "send, after a part", "read", "write, after a part", "accept",
    "connect", "poll", "poll of nothing", "select", "epoll_wait", "sendfile, after a part",
};

const char *gv_probe_endless_at(size_t index) { return index < sizeof names / sizeof *names ? names[index] : 0; }

static int full_listener(struct sockaddr_un *name, socklen_t *length, int *filler) {
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    *name = (struct sockaddr_un){.sun_family = AF_UNIX};
    *length = sizeof *name;
    bind(listener, (struct sockaddr *)name, sizeof(sa_family_t));
    getsockname(listener, (struct sockaddr *)name, length);
    listen(listener, 0);
    *filler = socket(AF_UNIX, SOCK_STREAM, 0);
    connect(*filler, (struct sockaddr *)name, *length);
    return listener;
}

void gv_probe_endless(size_t index, char *report) {
    probe probe = {.report = report, .here = -1, .there = -1};
    struct sockaddr_un name;
    socklen_t length;
    int other = -1, filler = -1;
    char bytes[16];
    char *large = calloc(1, 8000000);
    struct epoll_event event;
    struct mmsghdr several[2] = {0};
    fd_set set;
    FD_ZERO(&set);
    report[0] = 0;
    probe_open(&probe, index == 5 ? PAIR_PIPE : PAIR_UNIX, true);
    if (index == 4) { close(probe.here); close(probe.there); probe_open(&probe, PAIR_PIPE, false); }
    struct pollfd entry = {.fd = probe.here, .events = POLLIN};
    if (index == 1 || index == 2) send(probe.there, "part", 4, 0);
    if (index == 6) { other = full_listener(&name, &length, &filler); close(accept(other, 0, 0)); }
    if (index == 7) other = full_listener(&name, &length, &filler);
    if (index == 11) other = epoll_create1(0);
    if (index == 12) { FILE *file = tmpfile(); other = dup(fileno(file)); fclose(file); if (ftruncate(other, 8000000)) abort(); }
    FD_SET(probe.here, &set);
    long result = -1;
    errno = ERRNO_BEFORE;
    switch (index) {
        case 0: result = gv_call_recv(probe.here, bytes, 16, 0); break;
        case 1: result = gv_call_recv(probe.here, bytes, 16, MSG_WAITALL); break;
        case 2: result = gv_call_recvmmsg(probe.here, several, 2, 0, 0); break;
        case 3: result = gv_call_send(probe.here, large, 8000000, 0); break;
        case 4: result = gv_call_read(probe.here, bytes, 16); break;
        case 5: result = gv_call_write(probe.here, large, 8000000); break;
        case 6: result = gv_call_accept(other, 0, 0); break;
        case 7:
            close(probe.here);
            probe.here = socket(AF_UNIX, SOCK_STREAM, 0);
            result = gv_call_connect(probe.here, (struct sockaddr *)&name, length);
            break;
        case 8: result = gv_call_poll(&entry, 1, -1); break;
        case 9: result = gv_call_poll(0, 0, -1); break;
        case 10: result = gv_call_select(probe.here + 1, &set, 0, 0, 0); break;
        case 11: result = gv_call_epoll_wait(other, &event, 1, -1); break;
        default: result = gv_call_sendfile(probe.here, other, 0, 8000000); break;
    }
    int code = errno;
    free(large);
    if (result > 0) probe_note(&probe, "a part%s", code == ERRNO_BEFORE ? "" : " errno");
    else probe_note(&probe, "%ld %s", result, strerrorname_np(code));
    if (other != -1) close(other);
    if (filler != -1) close(filler);
    close(probe.here);
    close(probe.there);
}

long gv_probe_never_waits(const int *stop, long most) {
    int ends[2];
    char byte = 'x';
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) abort();
    long turn = 0;
    while (turn < most && !__atomic_load_n(stop, __ATOMIC_RELAXED)) {
        if (gv_call_send(ends[0], &byte, 1, 0) != 1 || gv_call_recv(ends[1], &byte, 1, 0) != 1) abort();
        turn++;
    }
    close(ends[0]);
    close(ends[1]);
    return turn;
}
