// SPDX-License-Identifier: Apache-2.0
// Real calls that gv_libc has no use for: those that only stand-ins make. They lie in the same section, which a patch
// passes over; a plain call from here would come back to its stand-in.
#ifndef GV_REAL_H
#define GV_REAL_H

#include <signal.h>
#include <stdio.h>
#include <sys/types.h>
#include <threads.h>
#include <time.h>

typedef void (*gv_handler)(int number);

typedef struct gv_real_calls {
    int (*thrd_sleep)(const struct timespec *, struct timespec *);
    // Files.
    int (*syncfs)(int);
    void (*sync)(void);
    int (*msync)(void *, size_t, int);
    int (*sync_file_range)(int, int64_t, int64_t, unsigned);
    ssize_t (*copy_file_range)(int, int64_t *, int, int64_t *, size_t, unsigned);
    int (*posix_fallocate)(int, int64_t, int64_t);
    int (*fallocate)(int, int, int64_t, int64_t);
    // Processes.
    int (*system)(const char *);
    int (*pclose)(FILE *);
    pid_t (*bare_fork)(void);                          // _Fork; NULL before glibc 2.34
    void (*exit)(int) __attribute__((noreturn));
    // Descriptors; NULL before glibc 2.34.
    int (*close_range)(unsigned, unsigned, int);
    void (*closefrom)(int);
    // Signals.
    gv_handler (*signal)(int, gv_handler);
    gv_handler (*sysv_signal)(int, gv_handler);
    gv_handler (*sigset)(int, gv_handler);
    int (*pause)(void);
    int (*sigsuspend)(const sigset_t *);
} gv_real_calls;

extern const gv_real_calls gv_real __attribute__((visibility("hidden")));

#endif
