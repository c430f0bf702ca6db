// SPDX-License-Identifier: Apache-2.0
// Numbers that end: whoever waits for one is told before it can mean something else (EBADF), where the kernel would let
// it wait for ever.
//
// From any thread, since who closes need not be where others wait; but not in a signal handler, where close is allowed
// and the scheduler's locks are not. fclose and closedir close by an inner call, which nobody is told of.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_descriptor_calls.h"
#include "gv_kind.h"
#include "gv_real.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>

static bool tells(void) {
    return gv_patch_hooks.closing && !gv_patch_is_off && (gv_signal_depth == 0 || gv_signal_is_over());
}

int gv_call_close(int fd) {
    gv_kind_forget(fd);
    if (fd >= 0 && tells()) gv_patch_hooks.closing(fd);
    return gv_libc.close(fd);
}

// Only a descriptor can take the place of another.
static void tell_replaced(int fd, int other) {
    if (fd == other || other < 0 || !tells()) return;
    int before = errno;
    if (gv_libc.fcntl(fd, F_GETFD) >= 0) gv_patch_hooks.closing(other);
    errno = before;
}

int gv_call_dup2(int fd, int other) {
    tell_replaced(fd, other);
    gv_kind_forget(other);
    return gv_libc.dup2(fd, other);
}

int gv_call_dup3(int fd, int other, int flags) {
    if ((flags & ~O_CLOEXEC) == 0) tell_replaced(fd, other);
    gv_kind_forget(other);
    return gv_libc.dup3(fd, other, flags);
}

enum { UNSHARE = 2, ONLY_ON_EXEC = 4, MOST_NUMBERS = 1 << 20 }; // CLOSE_RANGE_UNSHARE, CLOSE_RANGE_CLOEXEC

// There are no numbers at or above the limit, but for those from before it was lowered.
static void tell_range(unsigned first, unsigned last) {
    if (!tells()) return;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    unsigned end = limit.rlim_cur < MOST_NUMBERS ? (unsigned)limit.rlim_cur : MOST_NUMBERS;
    for (unsigned fd = first; fd < end && fd <= last; fd++) gv_patch_hooks.closing((int)fd);
}

int gv_call_close_range(unsigned first, unsigned last, int flags) {
    if (!gv_real.close_range) {
        errno = ENOSYS;
        return -1;
    }
    // A table of its own (UNSHARE) leaves everybody else's as it is.
    if (first <= last && !(flags & (UNSHARE | ONLY_ON_EXEC))) tell_range(first, last);
    for (unsigned fd = first; fd < GV_KINDS_KEPT && fd <= last; fd++) gv_kind_forget((int)fd);
    return gv_real.close_range(first, last, flags);
}

void gv_call_closefrom(int first) {
    tell_range(first < 0 ? 0 : (unsigned)first, UINT32_MAX);
    if (gv_real.closefrom) gv_real.closefrom(first);
}

GV_STAND_IN(GV_AREA_OS, close, gv_call_close);
GV_STAND_IN(GV_AREA_OS, __close, gv_call_close);
GV_STAND_IN(GV_AREA_OS, dup2, gv_call_dup2);
GV_STAND_IN(GV_AREA_OS, __dup2, gv_call_dup2);
GV_STAND_IN(GV_AREA_OS, dup3, gv_call_dup3);
GV_STAND_IN(GV_AREA_OS, close_range, gv_call_close_range);
GV_STAND_IN(GV_AREA_OS, closefrom, gv_call_closefrom);
