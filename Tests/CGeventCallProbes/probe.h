// SPDX-License-Identifier: Apache-2.0
// One case at work.
#ifndef PROBE_H
#define PROBE_H

#define _GNU_SOURCE 1
#include "../../Sources/CGeventPatch/Calls/gv_calls.h"
#include "include/gv_call_probes.h"
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/// The calls that a case makes: the real ones, or the stand-ins.
typedef struct probe_calls {
    ssize_t (*read)(int, void *, size_t);
    ssize_t (*write)(int, const void *, size_t);
    ssize_t (*readv)(int, const struct iovec *, int);
    ssize_t (*writev)(int, const struct iovec *, int);
    ssize_t (*pread)(int, void *, size_t, int64_t);
    ssize_t (*pwrite)(int, const void *, size_t, int64_t);
    ssize_t (*preadv)(int, const struct iovec *, int, int64_t);
    ssize_t (*pwritev)(int, const struct iovec *, int, int64_t);
    ssize_t (*read_chk)(int, void *, size_t, size_t);
    ssize_t (*sendfile)(int, int, int64_t *, size_t);
    ssize_t (*recv)(int, void *, size_t, int);
    ssize_t (*send)(int, const void *, size_t, int);
    ssize_t (*recvfrom)(int, void *, size_t, int, struct sockaddr *, socklen_t *);
    ssize_t (*sendto)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    ssize_t (*recvmsg)(int, struct msghdr *, int);
    ssize_t (*sendmsg)(int, const struct msghdr *, int);
    int (*recvmmsg)(int, void *, unsigned, int, struct timespec *);
    int (*sendmmsg)(int, void *, unsigned, int);
    int (*accept)(int, struct sockaddr *, socklen_t *);
    int (*accept4)(int, struct sockaddr *, socklen_t *, int);
    int (*connect)(int, const struct sockaddr *, socklen_t);
    int (*poll)(struct pollfd *, nfds_t, int);
    int (*ppoll)(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
    int (*select)(int, void *, void *, void *, struct timeval *);
    int (*pselect)(int, void *, void *, void *, const struct timespec *, const sigset_t *);
    int (*epoll_wait)(int, struct epoll_event *, int, int);
    int (*epoll_pwait)(int, struct epoll_event *, int, int, const sigset_t *);
    int (*epoll_pwait2)(int, struct epoll_event *, int, const struct timespec *, const sigset_t *);
} probe_calls;

typedef struct probe probe;

struct probe {
    const probe_calls *calls;
    gv_probe_spawn spawn;
    gv_probe_pause pause;
    size_t index;
    int here;                    // the end that the call is about
    int there;                   // the peer's
    int script;                  // what the peer does, as the family counts
    pthread_t thread;            // that makes the call
    bool writes;                 // what the call does
    int peers;                   // that have not ended
    int done;                    // the call has returned
    void (*act)(probe *);
    size_t length;
    char *report;
};

/// A set of cases: all that its tables multiply to.
typedef struct probe_family {
    gv_probe_family head;
    void (*run)(probe *);
    void (*describe)(size_t index, char *report);
} probe_family;

extern const probe_family probe_receiving, probe_sending, probe_bytes, probe_places, probe_connecting, probe_polling;

/// Takes a digit of a case's index, in the base of a table's length.
static inline size_t probe_digit(size_t *index, size_t base) {
    size_t digit = *index % base;
    *index /= base;
    return digit;
}

/// Adds to the report.
void probe_note(probe *probe, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Adds a result: its number, and errno where it is -1. `errno` was ERRNO_BEFORE, and stays so after a success.
enum { ERRNO_BEFORE = 4321 };
void probe_note_result(probe *probe, const char *name, long result, int code);

/// Adds what memory holds.
void probe_note_bytes(probe *probe, const void *bytes, size_t count);

/// Has the peer run `act` beside the call that follows.
void probe_begin_peer(probe *probe, void (*act)(struct probe *));

/// Waits for the peer's end, and closes both descriptors.
void probe_end(probe *probe);

/// Whether the call has returned.
bool probe_is_done(const probe *probe);

/// Waits, for the peer, until the call has taken what was there, but not for ever.
void probe_await_taken(probe *probe);

/// The kinds of pairs.
enum { PAIR_UNIX, PAIR_TCP, PAIR_DATAGRAM, PAIR_PACKET, PAIR_UDP, PAIR_PIPE, PAIR_TERMINAL };
extern const char *const probe_pair_names[];

/// Opens `here` and `there`; of a pipe, `here` reads or writes.
void probe_open(probe *probe, int kind, bool here_writes);

void probe_set_nonblocking(int fd);
void probe_set_limit(int fd, int option, int milliseconds);
/// Has its close reset the connection.
void probe_set_abort(int fd);

#endif
