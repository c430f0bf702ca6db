// SPDX-License-Identifier: Apache-2.0
// Descriptors that stand-ins open for themselves, to wait by.
#ifndef GV_OWN_DESCRIPTOR_H
#define GV_OWN_DESCRIPTOR_H

#include "../include/gv_hooks.h"
#include <errno.h>
#include <gv_libc.h>

/// Closes one, after telling the scheduler, which may remember the number. Leaves errno alone; -1 is none.
static inline void gv_close_own(int fd) {
    if (fd < 0) return;
    int before = errno;
    gv_patch_hooks.closing(fd);
    gv_libc.close(fd);
    errno = before;
}

#endif
