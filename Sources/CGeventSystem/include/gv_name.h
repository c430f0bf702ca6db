// SPDX-License-Identifier: Apache-2.0

#ifndef GV_NAME_H
#define GV_NAME_H

#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>

// GNU codes that netdb.h hides without _GNU_SOURCE.
#define GV_EAI_NODATA (-5)
#define GV_EAI_ADDRFAMILY (-9)

// Both answer 0 or an EAI_ code as the C library does, and put the error number that belongs to
// EAI_SYSTEM into `*number` (0 with any other code).

static inline int gv_name_look_up(const char *host, const char *service,
                                  const struct addrinfo *hints, struct addrinfo **list,
                                  int *number) {
    int code = getaddrinfo(host, service, hints, list);
    *number = code == EAI_SYSTEM ? errno : 0;
    return code;
}

static inline int gv_name_of_address(const void *address, socklen_t length, char *name,
                                     socklen_t capacity, int *number) {
    int code = getnameinfo((const struct sockaddr *)address, length, name, capacity, (char *)0, 0,
                           NI_NAMEREQD);
    *number = code == EAI_SYSTEM ? errno : 0;
    return code;
}

#endif
