// SPDX-License-Identifier: Apache-2.0
// Connecting and accepting.
#include "probe.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/un.h>

enum {
    ACCEPT_READY, ACCEPT_LATER, ACCEPT_NONBLOCKING, ACCEPT_LIMITED, ACCEPT_NO_LISTENER, ACCEPT_CONNECTED, ACCEPT_PIPE,
    ACCEPT_CLOSED, ACCEPT_UDP, ACCEPT_SHUT,
    CONNECT, CONNECT_REFUSED, CONNECT_NONBLOCKING, CONNECT_TWICE, CONNECT_BEGUN, CONNECT_FULL, CONNECT_FULL_LIMITED,
    CONNECT_FULL_NONBLOCKING, CONNECT_NOWHERE, CONNECT_NO_SOCKET, CONNECT_CLOSED, CONNECT_UDP, CONNECT_WRONG_FAMILY,
    CONNECT_SILENT_LIMITED, SITUATIONS
};
static const char *const situations[] = {
    "accept, ready", "accept, later", "accept, nonblocking", "accept, limited", "accept of no listener",
    "accept of a connection", "accept of a pipe", "accept of a closed number", "accept of udp", "accept, shut",
    "connect", "connect, refused", "connect, nonblocking", "connect twice", "connect, begun before", "connect, full",
    "connect, full, limited", "connect, full, nonblocking", "connect to nowhere", "connect no socket",
    "connect a closed number", "connect udp", "connect of a wrong family", "connect to who is silent, limited",
};

typedef struct {
    socklen_t length;
    union { struct sockaddr any; struct sockaddr_in internet; struct sockaddr_un local; };
} address;

static address made(bool is_local, int fd) {
    address address = {.length = sizeof address.internet};
    address.internet = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (is_local) {
        address.local = (struct sockaddr_un){.sun_family = AF_UNIX};
        address.length = sizeof(sa_family_t);   // a name of the kernel's choice (unix(7))
    }
    if (bind(fd, &address.any, address.length) != 0) abort();
    address.length = sizeof address.local;
    getsockname(fd, &address.any, &address.length);
    return address;
}

static void connect_there(probe *probe, const address *to, bool is_local) {
    probe->there = socket(is_local ? AF_UNIX : AF_INET, SOCK_STREAM, 0);
    connect(probe->there, &to->any, to->length);
}

static void act(probe *probe) {
    address name = {.length = sizeof name.local};
    switch (probe->script) {
        case ACCEPT_LATER:
            getsockname(probe->here, &name.any, &name.length);
            connect_there(probe, &name, name.any.sa_family == AF_UNIX);
            break;
        case ACCEPT_SHUT: shutdown(probe->here, SHUT_RD); break;
        case CONNECT_FULL: {
            // Only what stands in the queue: the caller may be on this very thread.
            close(accept(probe->there, 0, 0));
            break;
        }
        default: break;
    }
}

static void accept_one(probe *probe, bool is_local, bool with_flags) {
    int type = probe->script == ACCEPT_UDP ? SOCK_DGRAM : SOCK_STREAM, ends[2];
    probe->here = probe->script == ACCEPT_CLOSED ? -1 : socket(is_local ? AF_UNIX : AF_INET, type, 0);
    address name = {0};
    if (probe->here != -1) name = made(is_local, probe->here);
    if (probe->script != ACCEPT_NO_LISTENER && probe->here != -1) listen(probe->here, 4);
    if (probe->script == ACCEPT_READY || probe->script == ACCEPT_CONNECTED) connect_there(probe, &name, is_local);
    if (probe->script == ACCEPT_NONBLOCKING) probe_set_nonblocking(probe->here);
    if (probe->script == ACCEPT_LIMITED) probe_set_limit(probe->here, SO_RCVTIMEO, 20);
    if (probe->script == ACCEPT_CONNECTED || probe->script == ACCEPT_PIPE) {
        close(probe->here);
        if (probe->script == ACCEPT_PIPE && pipe(ends) != 0) abort();
        if (probe->script == ACCEPT_CONNECTED && socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) abort();
        if (probe->there != -1) close(probe->there);
        probe->here = ends[0];
        probe->there = ends[1];
    }
    if (probe->script == ACCEPT_LATER || probe->script == ACCEPT_SHUT) probe_begin_peer(probe, act);
    address from = {.length = sizeof from.local};
    errno = ERRNO_BEFORE;
    int number = with_flags ? probe->calls->accept4(probe->here, &from.any, &from.length, SOCK_CLOEXEC | SOCK_NONBLOCK)
                            : probe->calls->accept(probe->here, &from.any, &from.length);
    int code = errno;
    probe_note_result(probe, with_flags ? "accept4" : "accept", number < 0 ? -1 : 0, code);
    if (number >= 0) {
        probe_note(probe, "address %u, flags %x %x; ", from.length, fcntl(number, F_GETFL), fcntl(number, F_GETFD));
        close(number);
    }
    if (probe->here != -1) probe_note(probe, "flags %x; ", fcntl(probe->here, F_GETFL));
}

static void connect_one(probe *probe, bool is_local) {
    int family = is_local ? AF_UNIX : AF_INET, type = probe->script == CONNECT_UDP ? SOCK_DGRAM : SOCK_STREAM, fillers[2] = {-1, -1};
    bool is_full = probe->script >= CONNECT_FULL && probe->script <= CONNECT_FULL_NONBLOCKING;
    bool is_silent = probe->script == CONNECT_SILENT_LIMITED;
    probe->there = socket(family, type, 0);
    address name = made(is_local, probe->there);
    if (type == SOCK_STREAM) listen(probe->there, is_full || is_silent ? 0 : 8);
    probe->here = probe->script == CONNECT_CLOSED ? -1 : socket(family, type, 0);
    for (int index = 0; index < 2 && (is_full || is_silent); index++) {
        fillers[index] = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0);
        connect(fillers[index], &name.any, name.length);
    }
    int before = probe->here;
    switch (probe->script) {
        case CONNECT_REFUSED: close(probe->there); probe->there = -1; break;
        case CONNECT_NONBLOCKING:
        case CONNECT_FULL_NONBLOCKING: probe_set_nonblocking(probe->here); break;
        case CONNECT_FULL_LIMITED:
        case CONNECT_SILENT_LIMITED: probe_set_limit(probe->here, SO_SNDTIMEO, 20); break;
        case CONNECT_NOWHERE: name.length = 1; break;
        case CONNECT_NO_SOCKET: close(before); probe->here = open("/dev/null", O_RDWR); break;
        case CONNECT_WRONG_FAMILY: name.any.sa_family = AF_INET6; break;
        case CONNECT_BEGUN:
            fcntl(probe->here, F_SETFL, O_RDWR | O_NONBLOCK);
            connect(probe->here, &name.any, name.length);
            fcntl(probe->here, F_SETFL, O_RDWR);
            break;
        default: break;
    }
    if (probe->script == CONNECT_FULL) probe_begin_peer(probe, act);
    // Again after it: what a socket says then depends on how the first one ended.
    for (int turn = 0; turn < 2; turn++) {
        errno = ERRNO_BEFORE;
        int result = probe->calls->connect(probe->here, &name.any, name.length);
        int code = errno;
        if (turn == 1 && probe->script == CONNECT_NONBLOCKING) break;
        probe_note_result(probe, "connect", result, code);
        if (is_full && !turn) break;
    }
    if (probe->here != -1) probe_note(probe, "flags %x; ", fcntl(probe->here, F_GETFL));
    __atomic_store_n(&probe->done, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&probe->peers, __ATOMIC_ACQUIRE)) probe->pause(1);
    for (int index = 0; index < 2; index++) if (fillers[index] != -1) close(fillers[index]);
}

static void describe(size_t index, char *report) {
    size_t situation = probe_digit(&index, SITUATIONS), variant = probe_digit(&index, 4);
    snprintf(report, GV_REPORT_BYTES, "%s, %s%s", situations[situation], variant & 1 ? "unix" : "tcp",
             variant & 2 ? ", with flags" : "");
}

static void run(probe *probe) {
    size_t index = probe->index, situation = probe_digit(&index, SITUATIONS), variant = probe_digit(&index, 4);
    bool is_local = variant & 1, with_flags = variant & 2;
    probe->script = (int)situation;
    // A full queue is another matter with TCP, and UDP is none of unix(7).
    if (situation >= CONNECT && with_flags) return;
    if (situation >= CONNECT_FULL && situation <= CONNECT_FULL_NONBLOCKING && !is_local) return;
    if (situation == CONNECT_SILENT_LIMITED && is_local) return;
    if (situation < CONNECT) accept_one(probe, is_local, with_flags);
    else connect_one(probe, is_local);
    probe_end(probe);
}

const probe_family probe_connecting = {.head = {"connecting", SITUATIONS * 4}, .run = run, .describe = describe};
