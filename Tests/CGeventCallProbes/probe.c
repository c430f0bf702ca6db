// SPDX-License-Identifier: Apache-2.0
#include "probe.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>

const char *const probe_pair_names[] = {"unix", "tcp", "datagram", "packet", "udp", "pipe", "terminal"};

void probe_note(probe *probe, const char *format, ...) {
    va_list list;
    va_start(list, format);
    size_t room = GV_REPORT_BYTES - probe->length;
    int written = vsnprintf(probe->report + probe->length, room, format, list);
    va_end(list);
    if (written > 0) probe->length += (size_t)written < room ? (size_t)written : room - 1;
}

void probe_note_result(probe *probe, const char *name, long result, int code) {
    if (result == -1) probe_note(probe, "%s: -1 %s; ", name, strerrorname_np(code) ?: "?");
    else probe_note(probe, "%s: %ld%s; ", name, result, code == ERRNO_BEFORE ? "" : " errno changed");
}

void probe_note_bytes(probe *probe, const void *bytes, size_t count) {
    const unsigned char *byte = bytes;
    uint32_t sum = 2166136261u;
    for (size_t index = 0; index < count; index++) sum = (sum ^ byte[index]) * 16777619u;
    probe_note(probe, "%08x; ", sum);
}

bool probe_is_done(const probe *probe) { return __atomic_load_n(&probe->done, __ATOMIC_ACQUIRE) != 0; }

static void act(void *context) {
    probe *probe = context;
    probe->act(probe);
    __atomic_sub_fetch(&probe->peers, 1, __ATOMIC_RELEASE);
}

void probe_begin_peer(probe *probe, void (*function)(struct probe *)) {
    probe->act = function;
    __atomic_add_fetch(&probe->peers, 1, __ATOMIC_RELAXED);
    probe->spawn(act, probe);
    errno = ERRNO_BEFORE;
}

void probe_end(probe *probe) {
    __atomic_store_n(&probe->done, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&probe->peers, __ATOMIC_ACQUIRE)) probe->pause(1);
    if (probe->here != -1) close(probe->here);
    if (probe->there != -1) close(probe->there);
}

void probe_await_taken(probe *probe) {
    int left = 1;
    for (int turn = 0; turn < 20 && left && !probe_is_done(probe); turn++) {
        probe->pause(1);
        if (ioctl(probe->here, FIONREAD, &left) != 0) return;
    }
}

static void open_tcp(int type, int ends[2]) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int one = 1, first = socket(AF_INET, type, 0);
    ends[0] = socket(AF_INET, type, 0);
    bind(first, (struct sockaddr *)&address, length);
    getsockname(first, (struct sockaddr *)&address, &length);
    if (type == SOCK_STREAM) {
        listen(first, 8);
        connect(ends[0], (struct sockaddr *)&address, length);
        ends[1] = accept(first, 0, 0);
        close(first);
        setsockopt(ends[0], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        return;
    }
    connect(ends[0], (struct sockaddr *)&address, length);
    getsockname(ends[0], (struct sockaddr *)&address, &length);
    connect(first, (struct sockaddr *)&address, length);
    ends[1] = first;
}

static void open_terminal(int ends[2]) {
    ends[1] = posix_openpt(O_RDWR | O_NOCTTY);
    grantpt(ends[1]);
    unlockpt(ends[1]);
    ends[0] = open(ptsname(ends[1]), O_RDWR | O_NOCTTY);
    struct termios raw;
    tcgetattr(ends[0], &raw);
    cfmakeraw(&raw);
    tcsetattr(ends[0], TCSANOW, &raw);
}

void probe_open(probe *probe, int kind, bool here_writes) {
    int ends[2] = {-1, -1};
    switch (kind) {
        case PAIR_UNIX: socketpair(AF_UNIX, SOCK_STREAM, 0, ends); break;
        case PAIR_TCP: open_tcp(SOCK_STREAM, ends); break;
        case PAIR_DATAGRAM: socketpair(AF_UNIX, SOCK_DGRAM, 0, ends); break;
        case PAIR_PACKET: socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends); break;
        case PAIR_UDP: open_tcp(SOCK_DGRAM, ends); break;
        case PAIR_PIPE: if (pipe(ends) != 0) abort(); break;
        default: open_terminal(ends);
    }
    bool swaps = kind == PAIR_PIPE && here_writes;
    probe->here = ends[swaps];
    probe->there = ends[!swaps];
}

void probe_set_nonblocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

void probe_set_limit(int fd, int option, int milliseconds) {
    struct timeval limit = {.tv_usec = milliseconds * 1000};
    setsockopt(fd, SOL_SOCKET, option, &limit, sizeof limit);
}

void probe_set_abort(int fd) {
    struct linger now = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}
