// SPDX-License-Identifier: Apache-2.0
// The areas of calls that a patch can replace, as gevent's `patch_…` functions divide them.
#ifndef GV_AREA_H
#define GV_AREA_H

#include <stdint.h>

enum {
    GV_AREA_SOCKET = 1 << 0,      // recv, send, connect, accept and their kin
    GV_AREA_DNS = 1 << 1,         // getaddrinfo, gethostbyname and their kin
    GV_AREA_TIME = 1 << 2,        // sleep, nanosleep and their kin
    GV_AREA_SELECT = 1 << 3,      // poll, select, epoll_wait and their kin
    GV_AREA_OS = 1 << 4,          // read, write, close, dup2, fork: whatever the descriptor is
    GV_AREA_SIGNAL = 1 << 5,      // sigaction, sigwait and their kin
    GV_AREA_SUBPROCESS = 1 << 6,  // waitpid and its kin
    GV_AREA_FILES = 1 << 7,       // fsync, flock, lockf; regular files in read and write
    GV_AREA_THREADS = 1 << 8,     // pthread_create and what threads wait by
    GV_AREA_LOADING = 1 << 9,     // dlopen, dlclose: always patched with any other
};

/// A call that can be replaced. `GV_STAND_IN` makes them; they lie in the section `gv_stand_ins`.
typedef struct gv_stand_in {
    const char *name;   // as objects ask the dynamic linker for it
    void *function;     // what is called instead
    uint32_t area;      // one GV_AREA_… bit
} gv_stand_in;

#endif
