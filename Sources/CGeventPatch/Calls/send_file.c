// SPDX-License-Identifier: Apache-2.0
// sendfile(2).
//
// It waits for the disk on one side and for the peer on the other, and can be kept from neither, so to what blocks the
// bytes go by memory of ours, each side by the stand-in that waits for it.
#define _GNU_SOURCE 1
#include "gv_blocking.h"
#include "gv_calls.h"
#include "gv_pieces.h"
#include "gv_turn.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PART_BYTES = 1 << 16 };

typedef struct {
    int to;
    int from;
    int64_t *offset;
    size_t count;
    ssize_t result;
    int code;
} gv_copy_job;

static void run(void *context) {
    gv_copy_job *job = context;
    job->result = gv_libc.sendfile(job->to, job->from, job->offset, job->count);
    job->code = errno;
}

static ssize_t offload(int to, int from, int64_t *offset, size_t count) {
    gv_copy_job job = {.to = to, .from = from, .offset = offset, .count = count};
    int before = errno;
    gv_patch_hooks.offload(GV_POOL_FILES, run, &job);
    errno = job.result == -1 ? job.code : before;
    return job.result;
}

// Counts what was written, not what was read.
static ssize_t copy(int to, int from, int64_t start, size_t count, char *room) {
    size_t done = 0;
    while (done < count) {
        size_t part = count - done < PART_BYTES ? count - done : PART_BYTES;
        ssize_t got = gv_call_pread(from, room, part, start + (int64_t)done);
        if (got <= 0) return done || got == 0 ? (ssize_t)done : -1;
        ssize_t sent = gv_call_write(to, room, (size_t)got);
        if (sent == -1) return done ? (ssize_t)done : -1;
        done += (size_t)sent;
        if (sent < got) break;
    }
    return (ssize_t)done;
}

ssize_t gv_call_sendfile(int to, int from, int64_t *offset, size_t count) {
    if (!gv_turn_begin() || count == 0) return gv_libc.sendfile(to, from, offset, count);
    int before = errno;
    struct stat source, target;
    if (fstat(from, &source) != 0 || fstat(to, &target) != 0 || !S_ISREG(source.st_mode) || (offset && *offset < 0))
        return gv_libc.sendfile(to, from, offset, count);
    if (S_ISREG(target.st_mode)) return offload(to, from, offset, count);
    // A number that may not be read, or not be written, is refused by the real call at once.
    int modes = gv_libc.fcntl(from, F_GETFL) & O_ACCMODE;
    if (modes == O_WRONLY || (gv_libc.fcntl(to, F_GETFL) & O_ACCMODE) == O_RDONLY || gv_is_nonblocking(to))
        return gv_libc.sendfile(to, from, offset, count);
    int64_t start = offset ? *offset : lseek(from, 0, SEEK_CUR);
    char *room = start == -1 ? 0 : malloc(PART_BYTES);
    if (!room) return gv_libc.sendfile(to, from, offset, count);
    ssize_t sent = copy(to, from, start, count < GV_MOST_BYTES ? count : GV_MOST_BYTES, room);
    int code = errno;
    free(room);
    if (sent > 0 && offset) *offset = start + sent;
    else if (sent > 0) lseek(from, start + sent, SEEK_SET);
    errno = sent == -1 ? code : before;
    return sent;
}

GV_STAND_IN(GV_AREA_SOCKET, sendfile, gv_call_sendfile);
GV_STAND_IN(GV_AREA_SOCKET, sendfile64, gv_call_sendfile);
