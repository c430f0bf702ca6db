// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_DNS: whole calls on a thread of the pool, since the C library asks name servers by inner calls
// that no patch sees. A job has copies of everything, so who is struck leaves at once and leaves the job to itself.
//
// Not replaced: getservbyname and its kin, which read files; getaddrinfo_a, which has threads of its own, and
// gai_suspend; res_query and its kin, which keep their state by thread.
#ifndef GV_NAME_CALLS_H
#define GV_NAME_CALLS_H

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>

int gv_call_getaddrinfo(
    const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result);
int gv_call_getnameinfo(
    const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service,
    socklen_t service_size, int flags);
struct hostent *gv_call_gethostbyname(const char *name);
struct hostent *gv_call_gethostbyname2(const char *name, int family);
struct hostent *gv_call_gethostbyaddr(const void *address, socklen_t length, int family);
int gv_call_gethostbyname_r(
    const char *name, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *herror);
int gv_call_gethostbyname2_r(
    const char *name, int family, struct hostent *entry, char *buffer, size_t size, struct hostent **result,
    int *herror);
int gv_call_gethostbyaddr_r(
    const void *address, socklen_t length, int family, struct hostent *entry, char *buffer, size_t size,
    struct hostent **result, int *herror);

/// Whether a host is written as an address, which nobody has to be asked for.
bool gv_is_numeric_host(const char *host);

#endif
