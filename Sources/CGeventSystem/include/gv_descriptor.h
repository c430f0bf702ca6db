// SPDX-License-Identifier: Apache-2.0

#ifndef GV_DESCRIPTOR_H
#define GV_DESCRIPTOR_H

#include "gv_libc.h"
#include "gv_result.h"
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <unistd.h>

static inline long gv_descriptor_open(const char *path, int flags, unsigned mode) {
    return gv_result(open(path, flags | O_CLOEXEC, mode));
}

// close(2): Linux frees the number even when the call is interrupted, so a second try could close
// a descriptor that another thread has just got. EINTR is success here.
static inline long gv_descriptor_close(int fd) {
    long result = gv_result(gv_libc.close(fd));
    return result == -EINTR ? 0 : result;
}

static inline long gv_descriptor_duplicate(int fd) {
    return gv_result(gv_libc.fcntl(fd, F_DUPFD_CLOEXEC, 0));
}

static inline long gv_descriptor_get_flags(int fd) {
    return gv_result(gv_libc.fcntl(fd, F_GETFL));
}

static inline long gv_descriptor_set_flags(int fd, int flags) {
    return gv_result(gv_libc.fcntl(fd, F_SETFL, flags));
}

static inline long gv_descriptor_set_close_on_exec(int fd) {
    return gv_result(gv_libc.fcntl(fd, F_SETFD, FD_CLOEXEC));
}

static inline long gv_descriptor_read(int fd, void *bytes, size_t count) {
    return gv_result(gv_libc.read(fd, bytes, count));
}

static inline long gv_descriptor_write(int fd, const void *bytes, size_t count) {
    return gv_result(gv_libc.write(fd, bytes, count));
}

// sendfile(2) that answers EPIPE and raises no SIGPIPE: it has no flag for that, so the thread blocks
// the signal meanwhile and takes it back if it came.
long gv_descriptor_send_file(int to, int from, off_t *offset, size_t count);

// pipe2(2), both ends non-blocking and closed on exec.
long gv_pipe_open(int ends[2]);

static inline long gv_event_counter_open(void) {
    return gv_result(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}

#endif
