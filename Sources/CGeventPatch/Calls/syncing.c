// SPDX-License-Identifier: Apache-2.0
// Calls that take as long as the disk does: on a thread of the pool, and waited for to the end, since giving up would
// leave the caller not knowing what is on the disk.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_file_calls.h"
#include "gv_real.h"
#include <errno.h>
#include <sys/mman.h>

typedef struct {
    int fd, other_fd, mode;
    unsigned flags;
    int64_t offset, length, *from, *to;
    void *address;
    size_t count;
    ssize_t result;
    int error;
} arguments;

// Runs `job` away from the hub. errno is that of its thread where the call failed, and else as it was.
static ssize_t run(void (*job)(void *), arguments *call) {
    int before = errno;
    gv_patch_hooks.offload(GV_POOL_FILES, job, call);
    errno = call->result < 0 ? call->error : before;
    return call->result;
}

// A function `name` that makes the real call with members of `call`.
#define JOB(name, real_call)                   \
    static void name(void *context) {          \
        arguments *call = context;             \
        call->result = real_call;              \
        call->error = errno;                   \
    }

JOB(run_fsync, gv_libc.fsync(call->fd))
JOB(run_fdatasync, gv_libc.fdatasync(call->fd))
JOB(run_syncfs, gv_real.syncfs(call->fd))
JOB(run_sync, (gv_real.sync(), 0))
JOB(run_msync, gv_real.msync(call->address, call->count, call->mode))
JOB(run_sync_file_range, gv_real.sync_file_range(call->fd, call->offset, call->length, call->flags))
JOB(run_copy, gv_real.copy_file_range(call->fd, call->from, call->other_fd, call->to, call->count, call->flags))
JOB(run_posix_fallocate, gv_real.posix_fallocate(call->fd, call->offset, call->length))
JOB(run_fallocate, gv_real.fallocate(call->fd, call->mode, call->offset, call->length))

int gv_call_fsync(int fd) {
    if (!gv_may_park()) return gv_libc.fsync(fd);
    return (int)run(run_fsync, &(arguments){.fd = fd});
}

int gv_call_fdatasync(int fd) {
    if (!gv_may_park()) return gv_libc.fdatasync(fd);
    return (int)run(run_fdatasync, &(arguments){.fd = fd});
}

int gv_call_syncfs(int fd) {
    if (!gv_may_park()) return gv_real.syncfs(fd);
    return (int)run(run_syncfs, &(arguments){.fd = fd});
}

void gv_call_sync(void) {
    if (!gv_may_park()) return gv_real.sync();
    run(run_sync, &(arguments){0});
}

int gv_call_msync(void *address, size_t length, int flags) {
    if (!gv_may_park() || !(flags & MS_SYNC)) return gv_real.msync(address, length, flags);
    return (int)run(run_msync, &(arguments){.address = address, .count = length, .mode = flags});
}

int gv_call_sync_file_range(int fd, int64_t offset, int64_t count, unsigned flags) {
    if (!gv_may_park()) return gv_real.sync_file_range(fd, offset, count, flags);
    return (int)run(run_sync_file_range, &(arguments){.fd = fd, .offset = offset, .length = count, .flags = flags});
}

ssize_t gv_call_copy_file_range(
    int from, int64_t *from_offset, int to, int64_t *to_offset, size_t count, unsigned flags) {
    if (!gv_may_park()) return gv_real.copy_file_range(from, from_offset, to, to_offset, count, flags);
    return run(
        run_copy,
        &(arguments){
            .fd = from, .from = from_offset, .other_fd = to, .to = to_offset, .count = count, .flags = flags});
}

// Answers with the error number, and leaves errno alone.
int gv_call_posix_fallocate(int fd, int64_t offset, int64_t length) {
    if (!gv_may_park()) return gv_real.posix_fallocate(fd, offset, length);
    return (int)run(run_posix_fallocate, &(arguments){.fd = fd, .offset = offset, .length = length});
}

int gv_call_fallocate(int fd, int mode, int64_t offset, int64_t length) {
    if (!gv_may_park()) return gv_real.fallocate(fd, mode, offset, length);
    return (int)run(run_fallocate, &(arguments){.fd = fd, .mode = mode, .offset = offset, .length = length});
}

GV_STAND_IN(GV_AREA_FILES, fsync, gv_call_fsync);
GV_STAND_IN(GV_AREA_FILES, fdatasync, gv_call_fdatasync);
GV_STAND_IN(GV_AREA_FILES, syncfs, gv_call_syncfs);
GV_STAND_IN(GV_AREA_FILES, sync, gv_call_sync);
GV_STAND_IN(GV_AREA_FILES, msync, gv_call_msync);
GV_STAND_IN(GV_AREA_FILES, sync_file_range, gv_call_sync_file_range);
GV_STAND_IN(GV_AREA_FILES, copy_file_range, gv_call_copy_file_range);
GV_STAND_IN(GV_AREA_FILES, posix_fallocate, gv_call_posix_fallocate);
GV_STAND_IN(GV_AREA_FILES, posix_fallocate64, gv_call_posix_fallocate);
GV_STAND_IN(GV_AREA_FILES, fallocate, gv_call_fallocate);
GV_STAND_IN(GV_AREA_FILES, fallocate64, gv_call_fallocate);
