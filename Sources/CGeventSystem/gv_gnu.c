// SPDX-License-Identifier: Apache-2.0

// Calls that the C library declares with _GNU_SOURCE only; CGeventSystem.h says why not there.
#define _GNU_SOURCE 1

#include "gv_descriptor.h"
#include "gv_libc.h"
#include "gv_name.h"
#include "gv_result.h"
#include "gv_socket.h"
#include <sched.h>
#include <string.h>

_Static_assert(GV_EAI_NODATA == EAI_NODATA, "as in netdb.h");
_Static_assert(GV_EAI_ADDRFAMILY == EAI_ADDRFAMILY, "as in netdb.h");

long gv_pipe_open(int ends[2]) {
    return gv_result(pipe2(ends, O_CLOEXEC | O_NONBLOCK));
}

long gv_socket_accept(int fd, void *address, socklen_t *length) {
    return gv_result(gv_libc.accept4(fd, (struct sockaddr *)address, length, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

const char *gv_error_name(int number) {
    return strerrorname_np(number);
}

const char *gv_error_description(int number) {
    return strerrordesc_np(number);
}

int gv_thread_processors(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    int count = CPU_COUNT(&allowed);
    return count > 0 ? count : 1;
}
