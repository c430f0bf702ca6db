// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_real.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Declared here, since older headers lack them; weak, since older libraries do.
extern pid_t _Fork(void) __attribute__((weak));
extern int close_range(unsigned, unsigned, int) __attribute__((weak));
extern void closefrom(int) __attribute__((weak));

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

#define CALL(name) .name = (__typeof__(gv_real.name))(void *)name

const gv_real_calls gv_real __attribute__((section("gv_libc_table"), used)) = {
    CALL(thrd_sleep),
    CALL(syncfs), CALL(sync), CALL(msync), CALL(sync_file_range), CALL(copy_file_range), CALL(posix_fallocate),
    CALL(fallocate),
    CALL(system), CALL(pclose), .bare_fork = _Fork, CALL(exit),
    CALL(close_range), CALL(closefrom),
    CALL(signal), .sysv_signal = __sysv_signal, CALL(sigset), CALL(pause), CALL(sigsuspend),
};
