// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_FILES, but for those of read and write.
//
// Not replaced: open, which waits at a FIFO for the other end and at a mount that does not answer. Only a system call
// more before each open would tell; the watchdog names one that blocks.
#ifndef GV_FILE_CALLS_H
#define GV_FILE_CALLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

int gv_call_fsync(int fd);
int gv_call_fdatasync(int fd);
int gv_call_syncfs(int fd);
void gv_call_sync(void);
int gv_call_msync(void *address, size_t length, int flags);
int gv_call_sync_file_range(int fd, int64_t offset, int64_t count, unsigned flags);
ssize_t gv_call_copy_file_range(
    int from, int64_t *from_offset, int to, int64_t *to_offset, size_t count, unsigned flags);
int gv_call_posix_fallocate(int fd, int64_t offset, int64_t length);
int gv_call_fallocate(int fd, int mode, int64_t offset, int64_t length);

int gv_call_flock(int fd, int operation);
int gv_call_lockf(int fd, int command, int64_t length);
int gv_call_fcntl(int fd, int command, ...);

#endif
