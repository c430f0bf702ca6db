// SPDX-License-Identifier: Apache-2.0
// Locks of files: tried, and tried again after a pause that grows.
//
// A thread that waits for one could not be called back when its greenlet is struck, and then would hold a lock that
// nobody knows of. The price: who comes first is not served first, and a ring of processes that wait for each other's
// record locks is not found out (EDEADLK), but goes on waiting.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_back_off.h"
#include "gv_file_calls.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <unistd.h>

static int flock_now(int fd, int operation, void *lock) {
    (void)lock;
    return gv_libc.flock(fd, operation | LOCK_NB);
}

static int lockf_now(int fd, int command, void *length) {
    (void)command;
    return gv_libc.lockf(fd, F_TLOCK, *(int64_t *)length);
}

static int fcntl_now(int fd, int command, void *lock) {
    return gv_libc.fcntl(fd, command == F_SETLKW ? F_SETLK : F_OFD_SETLK, lock);
}

static int wait_for_lock(int (*lock_now)(int, int, void *), int fd, int command, void *argument) {
    int before = errno;
    gv_back_off back_off = {0};
    for (;;) {
        if (lock_now(fd, command, argument) == 0) {
            errno = before;
            return 0;
        }
        if (errno == EINTR) continue;
        if (errno != EWOULDBLOCK && errno != EACCES) return -1;
        if (gv_back_off_wait(&back_off) != 0) {
            errno = ECANCELED;
            return -1;
        }
    }
}

int gv_call_flock(int fd, int operation) {
    if (!gv_may_park() || operation & (LOCK_NB | LOCK_UN)) return gv_libc.flock(fd, operation);
    return wait_for_lock(flock_now, fd, operation, 0);
}

int gv_call_lockf(int fd, int command, int64_t length) {
    if (!gv_may_park() || command != F_LOCK) return gv_libc.lockf(fd, command, length);
    return wait_for_lock(lockf_now, fd, command, &length);
}

// Each command has at most one argument, a pointer or a number, which the C library takes as a word too.
int gv_call_fcntl(int fd, int command, ...) {
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    bool waits = (command == F_SETLKW || command == F_OFD_SETLKW) && argument;
    if (!waits || !gv_may_park()) return gv_libc.fcntl(fd, command, argument);
    return wait_for_lock(fcntl_now, fd, command, argument);
}

GV_STAND_IN(GV_AREA_FILES, flock, gv_call_flock);
GV_STAND_IN(GV_AREA_FILES, lockf, gv_call_lockf);
GV_STAND_IN(GV_AREA_FILES, lockf64, gv_call_lockf);
GV_STAND_IN(GV_AREA_FILES, fcntl, gv_call_fcntl);
GV_STAND_IN(GV_AREA_FILES, fcntl64, gv_call_fcntl);
GV_STAND_IN(GV_AREA_FILES, __fcntl, gv_call_fcntl);
