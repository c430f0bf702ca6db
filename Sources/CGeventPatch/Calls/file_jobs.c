// SPDX-License-Identifier: Apache-2.0
#include "gv_file_jobs.h"
#include "../gv_stand_in.h"
#include <errno.h>

typedef struct {
    const struct iovec *pieces;
    int64_t offset;
    ssize_t result;
    int fd;
    int count;
    int code;
    bool writes;
} gv_file_job;

static ssize_t call(const gv_file_job *job) {
    const struct iovec *pieces = job->pieces;
    bool is_positional = job->offset != GV_AT_POSITION;
    // One piece goes by the call for one, whose errors differ in little things.
    if (job->count == 1 && job->writes)
        return is_positional ? gv_libc.pwrite(job->fd, pieces->iov_base, pieces->iov_len, job->offset)
                             : gv_libc.write(job->fd, pieces->iov_base, pieces->iov_len);
    if (job->count == 1)
        return is_positional ? gv_libc.pread(job->fd, pieces->iov_base, pieces->iov_len, job->offset)
                             : gv_libc.read(job->fd, pieces->iov_base, pieces->iov_len);
    if (job->writes)
        return is_positional ? gv_libc.pwritev(job->fd, pieces, job->count, job->offset)
                             : gv_libc.writev(job->fd, pieces, job->count);
    return is_positional ? gv_libc.preadv(job->fd, pieces, job->count, job->offset)
                         : gv_libc.readv(job->fd, pieces, job->count);
}

static void run(void *context) {
    gv_file_job *job = context;
    // A signal for the process may have gone to the pool's thread; nobody there is to be told.
    do job->result = call(job);
    while (job->result == -1 && errno == EINTR);
    job->code = errno;
}

static ssize_t offload(gv_file_job *job) {
    int before = errno;
    gv_patch_hooks.offload(GV_POOL_FILES, run, job);
    errno = job->result == -1 ? job->code : before;
    return job->result;
}

ssize_t gv_file_read(int fd, const struct iovec *pieces, size_t count, int64_t offset) {
    gv_file_job job = {.pieces = pieces, .offset = offset, .fd = fd, .count = (int)count};
    return offload(&job);
}

ssize_t gv_file_write(int fd, const struct iovec *pieces, size_t count, int64_t offset) {
    gv_file_job job = {.pieces = pieces, .offset = offset, .fd = fd, .count = (int)count, .writes = true};
    return offload(&job);
}
