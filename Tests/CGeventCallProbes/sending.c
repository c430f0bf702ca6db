// SPDX-License-Identifier: Apache-2.0
// Sending to a pair: pairs × calls × sizes × what the peer does.
#include "probe.h"
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

static const int pairs[] = {PAIR_UNIX, PAIR_TCP, PAIR_DATAGRAM, PAIR_PACKET, PAIR_UDP, PAIR_PIPE};
static const char *const calls[] = {"send", "send(DONTWAIT)", "sendto", "sendmsg", "write", "writev", "sendmmsg"};
static const size_t sizes[] = {0, 1, 4096, 20000, 3000000};
enum { DRAINS, FULL_DRAINS, FULL_NONBLOCKING, NONBLOCKING, LIMITED, CLOSED, CLOSES_AFTER_PART, ABORTS_AFTER_PART, SHUT, SCRIPTS };
static const char *const scripts[] = {
    "drains", "full, drains", "full, nonblocking", "nonblocking", "full, limited", "closed", "closes after a part",
    "aborts after a part", "shut",
};

#define LENGTH(table) (sizeof(table) / sizeof *(table))
enum { LARGEST = 3000000 };

static char *made;

static void make_data(void) {
    made = malloc(LARGEST);
    if (!made) abort();
    for (size_t index = 0; index < LARGEST; index++) made[index] = (char)(index * 7 + index / 251);
}

static const char *data(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_data);
    return made;
}

// Reads what comes, and counts; stops at `most` bytes, or when the call is done and nothing is left.
static size_t drain(probe *probe, size_t most) {
    char bytes[65536];
    size_t total = 0;
    while (total < most) {
        struct pollfd entry = {.fd = probe->there, .events = POLLIN};
        bool was_done = probe_is_done(probe);
        if (poll(&entry, 1, 0) == 0) {
            if (was_done) break;
            probe->pause(1);
            continue;
        }
        ssize_t got = read(probe->there, bytes, sizeof bytes);
        if (got < 0 || (got == 0 && entry.revents & POLLHUP)) break;
        total += (size_t)got;
    }
    return total;
}

static void act(probe *probe) {
    switch (probe->script) {
        case DRAINS:
        case FULL_DRAINS:
            drain(probe, SIZE_MAX);
            return;
        case CLOSES_AFTER_PART:
        case ABORTS_AFTER_PART:
            if (probe->script == ABORTS_AFTER_PART) probe_set_abort(probe->there);
            drain(probe, 1);
            close(probe->there);
            probe->there = -1;
            return;
        default: return;
    }
}

static void fill(probe *probe, bool is_pipe) {
    static const char bytes[1000];
    // What is on its way makes room once more.
    for (int turn = 0; turn < 3 && !is_pipe; turn++) {
        while (send(probe->here, bytes, sizeof bytes, MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {}
        probe->pause(3);
    }
    if (!is_pipe) return;
    struct pollfd entry = {.fd = probe->here, .events = POLLOUT};
    while (poll(&entry, 1, 0) == 1 && write(probe->here, bytes, sizeof bytes) > 0) {}
}

static long make(probe *probe, size_t call, size_t size) {
    struct iovec pieces[2] = {{(char *)data(), size / 3}, {(char *)data() + size / 3, size - size / 3}};
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
    struct mmsghdr several[2] = {{.msg_hdr = message}, {.msg_hdr = message}};
    int quiet = MSG_NOSIGNAL;
    errno = ERRNO_BEFORE;
    switch (call) {
        case 0: return probe->calls->send(probe->here, data(), size, quiet);
        case 1: return probe->calls->send(probe->here, data(), size, quiet | MSG_DONTWAIT);
        case 2: return probe->calls->sendto(probe->here, data(), size, quiet, 0, 0);
        case 3: return probe->calls->sendmsg(probe->here, &message, quiet);
        case 4: return probe->calls->write(probe->here, data(), size);
        case 5: return probe->calls->writev(probe->here, pieces, 2);
        default: {
            long sent = probe->calls->sendmmsg(probe->here, several, 2, quiet);
            int code = errno;
            if (sent == 2 && (several[0].msg_len != size || several[1].msg_len != size)) probe_note(probe, "parts; ");
            errno = code;
            return sent;
        }
    }
}

static void decode(size_t index, size_t *pair, size_t *call, size_t *size, size_t *script) {
    *pair = probe_digit(&index, LENGTH(pairs));
    *call = probe_digit(&index, LENGTH(calls));
    *size = probe_digit(&index, LENGTH(sizes));
    *script = probe_digit(&index, SCRIPTS);
}

static void describe(size_t index, char *report) {
    size_t pair, call, size, script;
    decode(index, &pair, &call, &size, &script);
    snprintf(report, GV_REPORT_BYTES, "%s, %s of %zu, %s", probe_pair_names[pairs[pair]], calls[call], sizes[size],
             scripts[script]);
}

static void run(probe *probe) {
    size_t pair, call, which, script;
    decode(probe->index, &pair, &call, &which, &script);
    size_t size = sizes[which];
    bool is_pipe = pairs[pair] == PAIR_PIPE, is_stream = pairs[pair] <= PAIR_TCP || is_pipe, is_udp = pairs[pair] == PAIR_UDP;
    bool is_by_parts = script == CLOSES_AFTER_PART || script == ABORTS_AFTER_PART;
    // A pipe is no socket and has no limit of time; of a message there are no parts; UDP never fills.
    if (is_pipe && (call < 4 || call == 6 || script == LIMITED || script == SHUT)) return;
    if (is_by_parts && (!is_stream || size != LARGEST || call == 1)) return;
    if (is_udp && script != DRAINS && script != NONBLOCKING) return;
    // A window of TCP that is full opens again a little by itself.
    bool must_stay_full = script == FULL_NONBLOCKING || script == LIMITED || (script == FULL_DRAINS && call == 1);
    if (pairs[pair] == PAIR_TCP && must_stay_full) return;
    probe->script = (int)script;
    probe_open(probe, pairs[pair], true);
    // Smaller than the largest, however the kernel would let them grow.
    int room = 65536;
    setsockopt(probe->here, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    setsockopt(probe->there, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (script == FULL_DRAINS || script == FULL_NONBLOCKING || script == LIMITED) fill(probe, is_pipe);
    if (script == FULL_NONBLOCKING || script == NONBLOCKING) probe_set_nonblocking(probe->here);
    if (script == LIMITED) probe_set_limit(probe->here, SO_SNDTIMEO, 30);
    if (script == SHUT) shutdown(probe->here, SHUT_WR);
    if (script == CLOSED) {
        close(probe->there);
        probe->there = -1;
    }
    bool has_peer = script == DRAINS || script == FULL_DRAINS || is_by_parts;
    // How much is taken without waiting depends on the moment.
    if (has_peer && call == 1) has_peer = false;
    if (has_peer) probe_begin_peer(probe, act);
    long result = make(probe, call, size);
    int code = errno;
    if (result > 0 && result < (long)size && call != 6) probe_note(probe, "a part%s; ", code == ERRNO_BEFORE ? "" : " errno");
    else probe_note_result(probe, calls[call], result, code);
    __atomic_store_n(&probe->done, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&probe->peers, __ATOMIC_ACQUIRE)) probe->pause(1);
    if (is_by_parts || script == CLOSED || script == SHUT) {
        for (int turn = 0; turn < 2; turn++) {
            errno = ERRNO_BEFORE;
            ssize_t more = is_pipe ? write(probe->here, "x", 1) : send(probe->here, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
            probe_note_result(probe, "then", more, errno);
        }
    }
    probe_end(probe);
}

const probe_family probe_sending = {
    .head = {"sending", LENGTH(pairs) * LENGTH(calls) * LENGTH(sizes) * SCRIPTS}, .run = run, .describe = describe};
