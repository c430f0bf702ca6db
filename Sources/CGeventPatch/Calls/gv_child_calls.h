// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_SUBPROCESS. posix_spawn and popen wait for nothing but the new program's start, and are the real
// ones.
#ifndef GV_CHILD_CALLS_H
#define GV_CHILD_CALLS_H

#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>

pid_t gv_call_wait(int *status);
pid_t gv_call_wait3(int *status, int options, struct rusage *usage);
pid_t gv_call_wait4(pid_t pid, int *status, int options, struct rusage *usage);
pid_t gv_call_waitpid(pid_t pid, int *status, int options);
int gv_call_waitid(idtype_t kind, id_t number, siginfo_t *info, int options);
int gv_call_system(const char *command);
int gv_call_pclose(FILE *stream);

#endif
