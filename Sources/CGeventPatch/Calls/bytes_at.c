// SPDX-License-Identifier: Apache-2.0
// pread(2), pwrite(2) and their kin: at a place in what is stored. What has no places refuses them at once.
#define _GNU_SOURCE 1
#include "gv_calls.h"
#include "gv_file_jobs.h"
#include "gv_pieces.h"
#include "gv_turn.h"
#include <errno.h>

typedef ssize_t (*gv_try)(int, const struct iovec *, int, int64_t, int);
typedef ssize_t (*gv_file_call)(int, const struct iovec *, size_t, int64_t);

static bool must_wait(ssize_t done) {
    return done == -1 && (errno == EAGAIN || errno == EOPNOTSUPP || errno == ENOSYS);
}

// The rest of a part, or the whole of what would wait. Only the end of the file, or of the disk, makes a result a short
// one.
static ssize_t finish(int fd, const struct iovec *list, int count, int64_t offset, ssize_t done, gv_try try_it,
                      gv_file_call call, int before) {
    if (done == -1) {
        errno = before;
        return call(fd, list, (size_t)count, offset);
    }
    gv_pieces rest;
    if (!gv_pieces_take(&rest, list, (size_t)count)) return done;
    gv_pieces_advance(&rest, (size_t)done);
    ssize_t more = try_it(fd, rest.first, (int)rest.count, offset + done, RWF_NOWAIT);
    if (must_wait(more)) more = call(fd, rest.first, rest.count, offset + done);
    errno = before;
    gv_pieces_drop(&rest);
    return more > 0 ? done + more : done;
}

static ssize_t read_at(int fd, const struct iovec *list, int count, int64_t offset) {
    int before = errno;
    ssize_t got = gv_libc.preadv2(fd, list, count, offset, RWF_NOWAIT);
    if (got == 0 || (got == -1 && !must_wait(got))) return got;
    if (got > 0 && (size_t)got == gv_pieces_sum(list, (size_t)count)) return got;
    return finish(fd, list, count, offset, got, gv_libc.preadv2, gv_file_read, before);
}

static ssize_t write_at(int fd, const struct iovec *list, int count, int64_t offset) {
    int before = errno;
    ssize_t done = gv_libc.pwritev2(fd, list, count, offset, RWF_NOWAIT);
    if (done == 0 || (done == -1 && !must_wait(done))) return done;
    if (done > 0 && (size_t)done == gv_pieces_sum(list, (size_t)count)) return done;
    return finish(fd, list, count, offset, done, gv_libc.pwritev2, gv_file_write, before);
}

// An offset of -1 is the file's own position to preadv2(2), and an error to these.
static bool is_ordinary(int count, int64_t offset) { return offset >= 0 && count > 0 && count <= 1024; }

ssize_t gv_call_pread(int fd, void *bytes, size_t count, int64_t offset) {
    if (!gv_turn_begin() || offset < 0 || (ssize_t)count <= 0) return gv_libc.pread(fd, bytes, count, offset);
    struct iovec piece = {bytes, count};
    return read_at(fd, &piece, 1, offset);
}

ssize_t gv_call_pwrite(int fd, const void *bytes, size_t count, int64_t offset) {
    if (!gv_turn_begin() || offset < 0 || (ssize_t)count <= 0) return gv_libc.pwrite(fd, bytes, count, offset);
    struct iovec piece = {(void *)bytes, count};
    return write_at(fd, &piece, 1, offset);
}

ssize_t gv_call_preadv(int fd, const struct iovec *list, int count, int64_t offset) {
    if (!gv_turn_begin() || !is_ordinary(count, offset)) return gv_libc.preadv(fd, list, count, offset);
    return read_at(fd, list, count, offset);
}

ssize_t gv_call_pwritev(int fd, const struct iovec *list, int count, int64_t offset) {
    if (!gv_turn_begin() || !is_ordinary(count, offset)) return gv_libc.pwritev(fd, list, count, offset);
    return write_at(fd, list, count, offset);
}

// The names with 64 are what -D_FILE_OFFSET_BITS=64 makes of the others; here they are the same.
GV_STAND_IN(GV_AREA_OS, pread, gv_call_pread);
GV_STAND_IN(GV_AREA_OS, pread64, gv_call_pread);
GV_STAND_IN(GV_AREA_OS, __pread64, gv_call_pread);
GV_STAND_IN(GV_AREA_OS, pwrite, gv_call_pwrite);
GV_STAND_IN(GV_AREA_OS, pwrite64, gv_call_pwrite);
GV_STAND_IN(GV_AREA_OS, __pwrite64, gv_call_pwrite);
GV_STAND_IN(GV_AREA_OS, preadv, gv_call_preadv);
GV_STAND_IN(GV_AREA_OS, preadv64, gv_call_preadv);
GV_STAND_IN(GV_AREA_OS, pwritev, gv_call_pwritev);
GV_STAND_IN(GV_AREA_OS, pwritev64, gv_call_pwritev);
