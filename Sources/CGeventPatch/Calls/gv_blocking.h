// SPDX-License-Identifier: Apache-2.0
// Whether an open file blocks, and how it is made not to for one call that knows no flag for that.
//
// O_NONBLOCK belongs to the open file, which other threads and processes may share. connect(2) and accept(2) have no
// other way, so it is set for the call alone, some microseconds. Who shares the file sees EAGAIN if it calls just then;
// there is no other harm, since a call that waits already has read the flag. Threads of our own are kept apart by a
// lock, so that none takes the flag of another's moment for the library's.
#ifndef GV_BLOCKING_H
#define GV_BLOCKING_H

#include <stdbool.h>

/// Whether whoever opened the file wants no waiting; also true where there is no such descriptor.
bool gv_is_nonblocking(int fd);

/// A moment in which a file does not block.
typedef struct gv_moment {
    int fd;
    int flags;
    bool was_nonblocking;
} gv_moment;

/// Begins a moment; `errno` is kept.
gv_moment gv_moment_begin(int fd);

/// Ends it; `errno` is kept.
void gv_moment_end(const gv_moment *moment);

#endif
