// SPDX-License-Identifier: Apache-2.0
// Reading and writing what is no socket.
#include "probe.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/timerfd.h>

enum {
    PIPE, PIPE_EMPTY, PIPE_NONBLOCKING, PIPE_CLOSES, PIPE_CLOSED, COUNTER, COUNTER_EMPTY, COUNTER_NONBLOCKING, COUNTER_FULL,
    TIMER, STORED, STORED_END, STORED_SHORT, STORED_APPENDED, FOLDER, NOTHING, ZEROES, RANDOM, TERMINAL, TERMINAL_EMPTY,
    TERMINAL_NONBLOCKING, TERMINAL_HANGS_UP, NOT_OPEN, WRONG_WAY, PROC, KINDS
};
static const char *const kinds[] = {
    "pipe", "empty pipe", "nonblocking pipe", "pipe that closes", "closed pipe", "counter", "empty counter",
    "nonblocking counter", "full counter", "timer", "file", "end of file", "file, past its end", "appended file", "folder",
    "/dev/null", "/dev/zero", "/dev/urandom", "terminal", "empty terminal", "nonblocking terminal", "terminal that hangs up",
    "closed number", "the other direction", "/proc file",
};
static const char *const calls[] = {"read", "readv", "read_chk", "write", "writev"};
static const size_t sizes[] = {0, 1, 4, 8, 64, 4096, 9000, 200000};

#define LENGTH(table) (sizeof(table) / sizeof *(table))
enum { LARGEST = 200000, STORED_BYTES = 10000 };

static void put(probe *probe, const char *bytes, size_t count) {
    if (write(probe->there, bytes, count) == -1) probe_note(probe, "(peer failed) ");
}

static void act(probe *probe) {
    uint64_t one = 1;
    char bytes[4096];
    switch (probe->script) {
        case PIPE_EMPTY:
        case TERMINAL_EMPTY: put(probe, "later", 5); break;
        case COUNTER_EMPTY: put(probe, (char *)&one, 8); break;
        case COUNTER_FULL:
            if (read(probe->there, &one, 8) != 8) probe_note(probe, "(peer failed) ");
            break;
        case PIPE_CLOSES:
            // The writer has begun.
            if (probe->writes && read(probe->there, bytes, 1) != 1) probe_note(probe, "(peer failed) ");
            // fall through
        case TERMINAL_HANGS_UP:
            close(probe->there);
            probe->there = -1;
            break;
        case PIPE:
        case TERMINAL:
            // Whoever writes more than there is room for is read from.
            while (!probe_is_done(probe)) {
                struct pollfd entry = {.fd = probe->there, .events = POLLIN};
                if (poll(&entry, 1, 0) == 1 && read(probe->there, bytes, sizeof bytes) <= 0) break;
                if (!(entry.revents & POLLIN)) probe->pause(1);
            }
        default: break;
    }
}

static void open_stored(probe *probe, int flags) {
    char name[] = "/tmp/gv-probe-XXXXXX", bytes[STORED_BYTES];
    memset(bytes, 's', sizeof bytes);
    int file = mkstemp(name);
    if (write(file, bytes, sizeof bytes) != sizeof bytes) abort();
    probe->here = open(name, O_RDWR | flags);
    close(file);
    unlink(name);
}

static void prepare(probe *probe, bool writes) {
    uint64_t most = UINT64_MAX - 1;
    switch (probe->script) {
        case PIPE: case PIPE_EMPTY: case PIPE_NONBLOCKING: case PIPE_CLOSES: case PIPE_CLOSED: case WRONG_WAY:
            probe_open(probe, PAIR_PIPE, writes != (probe->script == WRONG_WAY));
            if (probe->script == PIPE && !writes) put(probe, "there already", 13);
            if (probe->script == PIPE_NONBLOCKING) probe_set_nonblocking(probe->here);
            if (probe->script == PIPE_CLOSED) { close(probe->there); probe->there = -1; }
            break;
        case COUNTER: case COUNTER_EMPTY: case COUNTER_NONBLOCKING: case COUNTER_FULL:
            probe->here = eventfd(probe->script == COUNTER ? 7 : 0, EFD_CLOEXEC);
            probe->there = dup(probe->here);
            if (probe->script == COUNTER_NONBLOCKING) probe_set_nonblocking(probe->here);
            if (probe->script == COUNTER_FULL) put(probe, (char *)&most, 8);
            break;
        case TIMER: {
            struct itimerspec soon = {.it_value.tv_nsec = 5000000};
            probe->here = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
            timerfd_settime(probe->here, 0, &soon, 0);
            break;
        }
        case STORED: open_stored(probe, 0); break;
        case STORED_END: open_stored(probe, 0); lseek(probe->here, 0, SEEK_END); break;
        case STORED_SHORT: open_stored(probe, O_NONBLOCK); lseek(probe->here, STORED_BYTES - 30, SEEK_SET); break;
        case STORED_APPENDED: open_stored(probe, O_APPEND); break;
        case FOLDER: probe->here = open("/tmp", O_RDONLY | O_DIRECTORY); break;
        case NOTHING: probe->here = open("/dev/null", O_RDWR); break;
        case ZEROES: probe->here = open("/dev/zero", O_RDWR); break;
        case RANDOM: probe->here = open("/dev/urandom", O_RDONLY); break;
        case PROC: probe->here = open("/proc/version", O_RDONLY); break;
        case NOT_OPEN: break;
        default:
            probe_open(probe, PAIR_TERMINAL, writes);
            if (probe->script == TERMINAL && !writes) put(probe, "typed", 5);
            if (probe->script == TERMINAL_NONBLOCKING) probe_set_nonblocking(probe->here);
    }
}

static void decode(size_t index, size_t *kind, size_t *call, size_t *size) {
    *kind = probe_digit(&index, KINDS);
    *call = probe_digit(&index, LENGTH(calls));
    *size = probe_digit(&index, LENGTH(sizes));
}

static void describe(size_t index, char *report) {
    size_t kind, call, size;
    decode(index, &kind, &call, &size);
    snprintf(report, GV_REPORT_BYTES, "%s of %zu, %s", calls[call], sizes[size], kinds[kind]);
}

static void run(probe *probe) {
    size_t kind, call, which;
    decode(probe->index, &kind, &call, &which);
    size_t size = sizes[which];
    bool writes = call >= 3;
    probe->script = (int)kind;
    // Would wait for ever, or do something to the machine; a write to what closes is cut off somewhere.
    if (writes && (kind == TIMER || kind == PROC || kind == PIPE_EMPTY || kind == TERMINAL_EMPTY)) return;
    if (writes && (kind == PIPE_CLOSES || kind == TERMINAL_HANGS_UP) && size < LARGEST) return;
    if (!writes && kind == COUNTER_FULL) return;
    if (kind == COUNTER_FULL && size == 0) return;
    if (writes && kind == TERMINAL_HANGS_UP) return;
    char *bytes = malloc(LARGEST);
    for (size_t index = 0; index < LARGEST; index++) bytes[index] = (char)(index < 8 ? index == 0 : 'a' + index % 26);
    prepare(probe, writes);
    probe->writes = writes;
    bool has_peer = kind == PIPE_EMPTY || kind == COUNTER_EMPTY || kind == PIPE_CLOSES || kind == TERMINAL_EMPTY ||
                    kind == TERMINAL_HANGS_UP || (writes && (kind == PIPE || kind == TERMINAL || kind == COUNTER_FULL));
    if (has_peer) probe_begin_peer(probe, act);
    struct iovec pieces[3] = {{bytes, size / 4}, {bytes + size / 4, 0}, {bytes + size / 4, size - size / 4}};
    long result;
    errno = ERRNO_BEFORE;
    switch (call) {
        case 0: result = probe->calls->read(probe->here, bytes, size); break;
        case 1: result = probe->calls->readv(probe->here, pieces, 3); break;
        case 2: result = probe->calls->read_chk(probe->here, bytes, size, LARGEST); break;
        case 3: result = probe->calls->write(probe->here, bytes, size); break;
        default: result = probe->calls->writev(probe->here, pieces, 3); break;
    }
    int code = errno;
    // Who waits when a terminal hangs up sees an error, and who comes later the end of a file.
    if (kind == TERMINAL_HANGS_UP && !writes && (result == 0 || code == EIO)) probe_note(probe, "hung up; ");
    else if (kind == PIPE_CLOSES && writes && result > 0) probe_note(probe, "a part; ");
    else if (kind == TERMINAL_NONBLOCKING && writes && result > 8000) probe_note(probe, "a part; ");
    else probe_note_result(probe, calls[call], result, code);
    if (pieces[0].iov_base != bytes || pieces[2].iov_len != size - size / 4) probe_note(probe, "pieces changed; ");
    if (kind != RANDOM) probe_note_bytes(probe, bytes, LARGEST);
    if (kind >= STORED && kind <= STORED_APPENDED) {
        struct stat status;
        fstat(probe->here, &status);
        probe_note(probe, "at %ld of %ld; ", (long)lseek(probe->here, 0, SEEK_CUR), (long)status.st_size);
    }
    free(bytes);
    probe_end(probe);
}

const probe_family probe_bytes = {
    .head = {"bytes", KINDS * LENGTH(calls) * LENGTH(sizes)}, .run = run, .describe = describe};
