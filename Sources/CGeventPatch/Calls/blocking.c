// SPDX-License-Identifier: Apache-2.0
#include "gv_blocking.h"
#include "../gv_stand_in.h"
#include <errno.h>
#include <fcntl.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool gv_is_nonblocking(int fd) {
    int before = errno;
    gv_libc.pthread_mutex_lock(&lock);
    int flags = gv_libc.fcntl(fd, F_GETFL);
    gv_libc.pthread_mutex_unlock(&lock);
    errno = before;
    return flags == -1 || flags & O_NONBLOCK;
}

gv_moment gv_moment_begin(int fd) {
    int before = errno;
    gv_libc.pthread_mutex_lock(&lock);
    int flags = gv_libc.fcntl(fd, F_GETFL);
    gv_moment moment = {.fd = fd, .flags = flags, .was_nonblocking = flags == -1 || flags & O_NONBLOCK};
    if (!moment.was_nonblocking) gv_libc.fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    errno = before;
    return moment;
}

void gv_moment_end(const gv_moment *moment) {
    int before = errno;
    if (!moment->was_nonblocking) gv_libc.fcntl(moment->fd, F_SETFL, moment->flags);
    gv_libc.pthread_mutex_unlock(&lock);
    errno = before;
}
