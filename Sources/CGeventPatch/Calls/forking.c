// SPDX-License-Identifier: Apache-2.0
// A forked child and a process that exits make real calls.
//
// The child has one thread and no hub that runs, only the records of one. daemon and forkpty fork by an inner call, so
// what tells is pthread_atfork; _Fork does not ask it.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_descriptor_calls.h"
#include "gv_handlers.h"
#include "gv_real.h"
#include <errno.h>
#include <stdlib.h>

static void become_child(void) {
    gv_patch_is_off = 1;
    gv_handlers_forked();
}

static void end_patch(void) { __atomic_store_n(&gv_patch_is_off, 1, __ATOMIC_RELAXED); }

// A function of atexit runs before those that were registered earlier and after those that were later. So this one is
// for who returns from main, and `exit` has a stand-in, which comes before them all.
static void begin(void) {
    if (pthread_atfork(0, 0, become_child) != 0 || atexit(end_patch) != 0) abort();
}

void gv_calls_begin(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    gv_libc.pthread_once(&once, begin);
}

pid_t gv_call_fork(void) {
    gv_calls_begin();
    return gv_libc.fork();
}

// A child of vfork shares our memory: its close would wake those who wait here, in the parent. A copy is what POSIX
// allows it to be; the parent does not wait until it has called exec.
pid_t gv_call_vfork(void) { return gv_call_fork(); }

pid_t gv_call_bare_fork(void) {
    if (!gv_real.bare_fork) return gv_call_fork();
    pid_t child = gv_real.bare_fork();
    if (child == 0) become_child();
    return child;
}

void gv_call_exit(int status) {
    end_patch();
    gv_real.exit(status);
}

GV_STAND_IN(GV_AREA_OS, fork, gv_call_fork);
GV_STAND_IN(GV_AREA_OS, __fork, gv_call_fork);
GV_STAND_IN(GV_AREA_OS, vfork, gv_call_vfork);
GV_STAND_IN(GV_AREA_OS, __vfork, gv_call_vfork);
GV_STAND_IN(GV_AREA_OS, _Fork, gv_call_bare_fork);
GV_STAND_IN(GV_AREA_OS, exit, gv_call_exit);
