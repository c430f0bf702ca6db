// SPDX-License-Identifier: Apache-2.0

#ifndef GV_NAME_H
#define GV_NAME_H

#include "gv_libc.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// GNU codes that netdb.h hides without _GNU_SOURCE.
#define GV_EAI_NODATA (-5)
#define GV_EAI_ADDRFAMILY (-9)

// Both answer 0 or an EAI_ code as the C library does, and put the error number that belongs to
// EAI_SYSTEM into `*number` (0 with any other code).

static inline int gv_name_look_up(const char *host, const char *service,
                                  const struct addrinfo *hints, struct addrinfo **list,
                                  int *number) {
    int code = gv_libc.getaddrinfo(host, service, hints, list);
    *number = code == EAI_SYSTEM ? errno : 0;
    return code;
}

static inline int gv_name_of_address(const void *address, socklen_t length, char *name,
                                     socklen_t capacity, int *number) {
    int code = gv_libc.getnameinfo((const struct sockaddr *)address, length, name, capacity, (char *)0, 0,
                           NI_NAMEREQD);
    *number = code == EAI_SYSTEM ? errno : 0;
    return code;
}

// Both answer 0, ENOENT for what is in no table, or the error number; ERANGE means that `room` is
// too small.

static inline int gv_service_port(const char *name, const char *protocol, char *room,
                                  size_t capacity, unsigned short *port) {
    struct servent record, *found = (struct servent *)0;
    int code = getservbyname_r(name, protocol, &record, room, capacity, &found);
    if (found) *port = ntohs((unsigned short)found->s_port);
    return found ? 0 : code ? code : ENOENT;
}

// Leaves the name in `room`.
static inline int gv_service_name(unsigned short port, const char *protocol, char *room,
                                  size_t capacity) {
    struct servent record, *found = (struct servent *)0;
    int code = getservbyport_r(htons(port), protocol, &record, room, capacity, &found);
    if (found) memmove(room, found->s_name, strlen(found->s_name) + 1);
    return found ? 0 : code ? code : ENOENT;
}

#endif
