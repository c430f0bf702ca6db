// SPDX-License-Identifier: Apache-2.0

// The C library as the Swift targets see it, and wrappers for what Swift cannot call directly.
//
// Every `gv_…` wrapper of a system call answers as the kernel does: the result, or the negative
// error number. `errno` is thereby read before anything else can run on the thread.

//
// No header here may define _GNU_SOURCE. Swift's own Glibc module is built without it, and types that
// differ between the two (fd_set, the enumeration of RUSAGE_SELF) make every Swift file fail that
// sees both, if only by way of Synchronization or Foundation. What needs it lives in the .c files.

#ifndef GV_SYSTEM_H
#define GV_SYSTEM_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gv_result.h"

#include "gv_clock.h"
#include "gv_descriptor.h"
#include "gv_epoll.h"
#include "gv_fault.h"
#include "gv_folder.h"
#include "gv_libc.h"
#include "gv_limit.h"
#include "gv_memory.h"
#include "gv_name.h"
#include "gv_path.h"
#include "gv_poll.h"
#include "gv_rights.h"
#include "gv_socket.h"
#include "gv_thread.h"

#endif
