// SPDX-License-Identifier: Apache-2.0
// Receiving from a socket: pairs × calls × flags × what the peer does.
#include "probe.h"
#include <sys/ioctl.h>

enum { ROOM = 64 };

static const int pairs[] = {PAIR_UNIX, PAIR_TCP, PAIR_DATAGRAM, PAIR_PACKET, PAIR_UDP};
static const char *const calls[] = {"recv", "recvfrom", "recvmsg", "read", "readv", "recvmmsg"};
static const struct { int flags; const char *name; } ways[] = {
    {0, "0"}, {MSG_DONTWAIT, "DONTWAIT"}, {MSG_WAITALL, "WAITALL"}, {MSG_PEEK, "PEEK"}, {MSG_TRUNC, "TRUNC"},
    {MSG_WAITALL | MSG_PEEK, "WAITALL|PEEK"}, {MSG_OOB, "OOB"}, {MSG_ERRQUEUE, "ERRQUEUE"},
    {MSG_WAITALL | MSG_TRUNC, "WAITALL|TRUNC"}, {MSG_WAITFORONE, "WAITFORONE"},
};
enum {
    READY, READY_FULL, READY_MORE, LATER, LATER_PARTS, LATER_FILES, NONBLOCKING, NONBLOCKING_READY, LIMITED, LIMITED_PART,
    CLOSED, CLOSED_AFTER, CLOSES, CLOSES_AFTER_PART, ABORTS, ABORTS_AFTER_PART, SHUT_HERE, SHUTS_HERE, EMPTY_MESSAGE, NOTHING,
    SCRIPTS
};
static const char *const scripts[] = {
    "ready", "ready, as much as asked", "ready, more than asked", "later", "later in parts", "later with a file",
    "nonblocking", "nonblocking, ready", "limited", "limited after a part", "closed", "closed after data", "closes",
    "closes after a part", "aborts", "aborts after a part", "shut here", "shuts here", "an empty message", "asks for nothing",
};

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static void put(probe *probe, size_t count) {
    char bytes[256];
    for (size_t index = 0; index < count; index++) bytes[index] = (char)('a' + index % 26);
    send(probe->there, bytes, count, MSG_NOSIGNAL);
}

static void put_file(probe *probe) {
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr header; } control = {0};
    char bytes[10] = "with a fd";
    struct iovec piece = {bytes, 10};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    control.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.header), &probe->there, sizeof(int));
    if (sendmsg(probe->there, &message, MSG_NOSIGNAL) == -1) put(probe, 10);
}

static void close_there(probe *probe) {
    close(probe->there);
    probe->there = -1;
}

static void act(probe *probe) {
    switch (probe->script) {
        case LATER: put(probe, 10); break;
        case LATER_PARTS:
            put(probe, 10);
            probe_await_taken(probe);
            put(probe, 54);
            break;
        case LATER_FILES:
            put(probe, 5);
            probe_await_taken(probe);
            put_file(probe);
            break;
        case CLOSES: close_there(probe); return;
        case ABORTS: probe_set_abort(probe->there); close_there(probe); return;
        case LIMITED_PART: put(probe, 10); break;
        case CLOSES_AFTER_PART:
        case ABORTS_AFTER_PART:
            put(probe, 10);
            probe_await_taken(probe);
            if (probe->script == ABORTS_AFTER_PART) probe_set_abort(probe->there);
            close_there(probe);
            return;
        case SHUTS_HERE: shutdown(probe->here, SHUT_RD); break;
        case EMPTY_MESSAGE: send(probe->there, "", 0, MSG_NOSIGNAL); break;
        default: break;
    }
    // A call that waits for more than this peer has to give is ended in the end, always in the same way.
    for (int turn = 0; turn < 60 && !probe_is_done(probe); turn++) probe->pause(1);
    while (!probe_is_done(probe)) {
        put(probe, 64);
        for (int turn = 0; turn < 100 && !probe_is_done(probe); turn++) probe->pause(1);
    }
}

static void prepare(probe *probe) {
    switch (probe->script) {
        case READY: put(probe, 10); break;
        case READY_FULL: put(probe, ROOM); break;
        case READY_MORE: put(probe, 100); break;
        case NONBLOCKING_READY: put(probe, 10);  // fall through
        case NONBLOCKING: probe_set_nonblocking(probe->here); break;
        case LIMITED:
        case LIMITED_PART: probe_set_limit(probe->here, SO_RCVTIMEO, 40); break;
        case CLOSED_AFTER: put(probe, 10);  // fall through
        case CLOSED: close_there(probe); break;
        case SHUT_HERE: shutdown(probe->here, SHUT_RD); break;
        default: break;
    }
}

static void close_files(struct msghdr *message) {
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part))
        if (part->cmsg_type == SCM_RIGHTS) close(*(int *)(void *)CMSG_DATA(part));
}

static void receive(probe *probe, size_t call, int flags) {
    char bytes[3 * ROOM];
    memset(bytes, '.', sizeof bytes);
    union { char bytes[CMSG_SPACE(4 * sizeof(int))]; struct cmsghdr header; } control;
    struct sockaddr_storage from = {0};
    socklen_t length = sizeof from;
    size_t room = probe->script == NOTHING ? 0 : ROOM;
    struct iovec pieces[2] = {{bytes, room / 4}, {bytes + room / 4, room - room / 4}};
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2, .msg_name = &from, .msg_namelen = sizeof from,
                             .msg_control = &control, .msg_controllen = sizeof control};
    struct mmsghdr several[2] = {{.msg_hdr = {.msg_iov = pieces, .msg_iovlen = 2}},
                                 {.msg_hdr = {.msg_iov = (struct iovec[]){{bytes + ROOM, ROOM}}, .msg_iovlen = 1}}};
    long result;
    errno = ERRNO_BEFORE;
    switch (call) {
        case 0: result = probe->calls->recv(probe->here, bytes, room, flags); break;
        case 1: result = probe->calls->recvfrom(probe->here, bytes, room, flags, (void *)&from, &length); break;
        case 2: result = probe->calls->recvmsg(probe->here, &message, flags); break;
        case 3: result = probe->calls->read(probe->here, bytes, room); break;
        case 4: result = probe->calls->readv(probe->here, pieces, 2); break;
        default: result = probe->calls->recvmmsg(probe->here, several, 2, flags, 0); break;
    }
    int code = errno;
    probe_note_result(probe, calls[call], result, code);
    if (call == 1 && result != -1) probe_note(probe, "address %u; ", length);
    if (call == 2 && result != -1) {
        probe_note(probe, "address %u control %zu flags %x; ", message.msg_namelen, message.msg_controllen, message.msg_flags);
        if (message.msg_iov != pieces || message.msg_iovlen != 2) probe_note(probe, "pieces changed; ");
        close_files(&message);
    }
    if (call == 5 && result > 0)
        probe_note(probe, "%u %u; ", several[0].msg_len, result > 1 ? several[1].msg_len : 0);
    if (pieces[0].iov_base != bytes || pieces[0].iov_len != room / 4) probe_note(probe, "pieces changed; ");
    probe_note_bytes(probe, bytes, sizeof bytes);
}

static void decode(size_t index, size_t *pair, size_t *call, size_t *way, size_t *script) {
    *pair = probe_digit(&index, LENGTH(pairs));
    *call = probe_digit(&index, LENGTH(calls));
    *way = probe_digit(&index, LENGTH(ways));
    *script = probe_digit(&index, SCRIPTS);
}

static void describe(size_t index, char *report) {
    size_t pair, call, way, script;
    decode(index, &pair, &call, &way, &script);
    snprintf(report, GV_REPORT_BYTES, "%s, %s(%s), %s", probe_pair_names[pairs[pair]], calls[call], ways[way].name,
             scripts[script]);
}

static void run(probe *probe) {
    size_t pair, call, way, script;
    decode(probe->index, &pair, &call, &way, &script);
    // Without flags there is one way.
    if (way && (call == 3 || call == 4)) return;
    // Who has no connection is not told of its end, and would wait for ever.
    bool is_connected = pairs[pair] != PAIR_DATAGRAM && pairs[pair] != PAIR_UDP;
    if (!is_connected && script >= CLOSED && script <= SHUTS_HERE) return;
    // What does not wait does not know what comes.
    bool waits = !(ways[way].flags & (MSG_DONTWAIT | MSG_OOB | MSG_ERRQUEUE));
    bool is_later = (script >= LATER && script <= LATER_FILES) || script == LIMITED_PART || script == EMPTY_MESSAGE ||
                    (script >= CLOSES && script <= ABORTS_AFTER_PART) || script == SHUTS_HERE;
    if (!waits && is_later) return;
    // The limit is for each message, and would come out of step with the peer.
    if (call == 5 && script == LIMITED_PART) return;
    probe->script = (int)script;
    probe_open(probe, pairs[pair], false);
    prepare(probe);
    if (probe->there != -1) probe_begin_peer(probe, act);
    receive(probe, call, ways[way].flags);
    __atomic_store_n(&probe->done, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&probe->peers, __ATOMIC_ACQUIRE)) probe->pause(1);
    // What is left behind: bytes, the end, or an error that was kept for the next call.
    for (int turn = 0; turn < 2; turn++) {
        char rest[512];
        errno = ERRNO_BEFORE;
        ssize_t left = recv(probe->here, rest, sizeof rest, MSG_DONTWAIT);
        probe_note_result(probe, "then", left, errno);
    }
    probe_end(probe);
}

const probe_family probe_receiving = {
    .head = {"receiving", LENGTH(pairs) * LENGTH(calls) * LENGTH(ways) * SCRIPTS}, .run = run, .describe = describe};
