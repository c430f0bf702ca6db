// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_OS for the life of descriptors and processes.
#ifndef GV_DESCRIPTOR_CALLS_H
#define GV_DESCRIPTOR_CALLS_H

#include <sys/types.h>

int gv_call_close(int fd);
int gv_call_dup2(int fd, int other);
int gv_call_dup3(int fd, int other, int flags);
int gv_call_close_range(unsigned first, unsigned last, int flags);
void gv_call_closefrom(int first);

pid_t gv_call_fork(void);
pid_t gv_call_vfork(void);
pid_t gv_call_bare_fork(void);
void gv_call_exit(int status) __attribute__((noreturn));

/// Sees to it that forked children and a process that exits make real calls. To be called before the first patch; again
/// is nothing.
void gv_calls_begin(void);

#endif
