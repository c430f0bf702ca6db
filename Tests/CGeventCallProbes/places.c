// SPDX-License-Identifier: Apache-2.0
// Reading and writing at a place, and from file to file.
#include "probe.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *const calls[] = {"pread", "preadv", "pwrite", "pwritev", "sendfile", "sendfile at"};
static const char *const kinds[] = {"file", "file opened to append", "file without its pages", "pipe", "unix", "/dev/zero",
                                    "closed number", "folder"};
static const size_t sizes[] = {0, 1, 100, 4096, 30000};
static const int64_t offsets[] = {0, 1, 4000, 19990, 20000, 50000, -1, -2};

#define LENGTH(table) (sizeof(table) / sizeof *(table))
enum { STORED_BYTES = 20000, LARGEST = 30000 };

static int open_stored(int flags) {
    char name[] = "/var/tmp/gv-probe-XXXXXX", bytes[STORED_BYTES];
    for (size_t index = 0; index < sizeof bytes; index++) bytes[index] = (char)(index * 3 + index / 97);
    int file = mkstemp(name);
    if (write(file, bytes, sizeof bytes) != sizeof bytes) abort();
    int other = open(name, O_RDWR | flags);
    close(file);
    unlink(name);
    return other;
}

// So that it has to be read from the disk.
static void drop_pages(int fd) {
    fdatasync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

static void act(probe *probe) {
    char bytes[4096];
    size_t total = 0;
    for (;;) {
        struct pollfd entry = {.fd = probe->there, .events = POLLIN};
        bool was_done = probe_is_done(probe);
        if (poll(&entry, 1, 0) == 0) {
            if (was_done) break;
            probe->pause(1);
            continue;
        }
        ssize_t got = read(probe->there, bytes, sizeof bytes);
        if (got <= 0) break;
        total += (size_t)got;
    }
    probe_note(probe, "(peer has %zu) ", total);
}

static void decode(size_t index, size_t *call, size_t *kind, size_t *size, size_t *offset) {
    *call = probe_digit(&index, LENGTH(calls));
    *kind = probe_digit(&index, LENGTH(kinds));
    *size = probe_digit(&index, LENGTH(sizes));
    *offset = probe_digit(&index, LENGTH(offsets));
}

static void describe(size_t index, char *report) {
    size_t call, kind, size, offset;
    decode(index, &call, &kind, &size, &offset);
    snprintf(report, GV_REPORT_BYTES, "%s of %zu at %ld, %s", calls[call], sizes[size], (long)offsets[offset], kinds[kind]);
}

static void send_file(probe *probe, size_t call, size_t size, int64_t offset) {
    int source = open_stored(0);
    if (call == 4) lseek(source, offset < 0 ? 0 : offset, SEEK_SET);
    int64_t place = offset;
    errno = ERRNO_BEFORE;
    long result = probe->calls->sendfile(probe->here, source, call == 5 ? &place : 0, size);
    int code = errno;
    __atomic_store_n(&probe->done, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&probe->peers, __ATOMIC_ACQUIRE)) probe->pause(1);
    probe_note_result(probe, calls[call], result, code);
    probe_note(probe, "offset %ld, position %ld; ", (long)place, (long)lseek(source, 0, SEEK_CUR));
    close(source);
}

static void run(probe *probe) {
    size_t call, kind, which, where;
    decode(probe->index, &call, &kind, &which, &where);
    size_t size = sizes[which];
    int64_t offset = offsets[where];
    switch (kind) {
        case 0: probe->here = open_stored(0); break;
        case 1: probe->here = open_stored(O_APPEND); break;
        case 2: probe->here = open_stored(0); drop_pages(probe->here); break;
        case 3: probe_open(probe, PAIR_PIPE, call >= 2); break;
        case 4: probe_open(probe, PAIR_UNIX, true); break;
        case 5: probe->here = open("/dev/zero", O_RDWR); break;
        case 6: break;
        default: probe->here = open("/tmp", O_RDONLY | O_DIRECTORY); break;
    }
    char *bytes = malloc(LARGEST);
    memset(bytes, '.', LARGEST);
    if (call >= 4) {
        if (kind == 3 || kind == 4) probe_begin_peer(probe, act);
        send_file(probe, call, size, offset);
    } else {
        struct iovec pieces[2] = {{bytes, size / 3}, {bytes + size / 3, size - size / 3}};
        long result;
        errno = ERRNO_BEFORE;
        switch (call) {
            case 0: result = probe->calls->pread(probe->here, bytes, size, offset); break;
            case 1: result = probe->calls->preadv(probe->here, pieces, 2, offset); break;
            case 2: result = probe->calls->pwrite(probe->here, bytes, size, offset); break;
            default: result = probe->calls->pwritev(probe->here, pieces, 2, offset); break;
        }
        probe_note_result(probe, calls[call], result, errno);
        if (pieces[0].iov_base != bytes || pieces[0].iov_len != size / 3) probe_note(probe, "pieces changed; ");
    }
    struct stat status;
    if (kind <= 2 && fstat(probe->here, &status) == 0)
        probe_note(probe, "at %ld of %ld; ", (long)lseek(probe->here, 0, SEEK_CUR), (long)status.st_size);
    probe_note_bytes(probe, bytes, LARGEST);
    free(bytes);
    probe_end(probe);
}

const probe_family probe_places = {
    .head = {"places", LENGTH(calls) * LENGTH(kinds) * LENGTH(sizes) * LENGTH(offsets)}, .run = run, .describe = describe};
