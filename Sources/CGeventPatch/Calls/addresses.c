// SPDX-License-Identifier: Apache-2.0
// getaddrinfo and getnameinfo.
#define _GNU_SOURCE 1
#include "gv_name_calls.h"
#include "../gv_stand_in.h"
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

bool gv_is_numeric_host(const char *host) {
    unsigned char address[sizeof(struct in6_addr)];
    // inet_aton passes over anything after a blank, and the look-up does not.
    if (inet_aton(host, (struct in_addr *)address)) return !strpbrk(host, " \t\n\v\f\r");
    char text[INET6_ADDRSTRLEN];
    size_t length = strcspn(host, "%");
    if (length >= sizeof text) return false;
    memcpy(text, host, length);
    text[length] = 0;
    return inet_pton(AF_INET6, text, address) == 1;
}

typedef struct {
    struct addrinfo hints, *result;
    bool has_hints;
    int answer, error;
    const char *service;      // in `node`, behind it; NULL
    char node[];
} address_look_up;

static void find_addresses(void *context) {
    address_look_up *look_up = context;
    look_up->answer = gv_libc.getaddrinfo(
        look_up->node, look_up->service, look_up->has_hints ? &look_up->hints : 0, &look_up->result);
    look_up->error = errno;
}

static void drop_addresses(void *context) {
    address_look_up *look_up = context;
    if (look_up->answer == 0 && look_up->result) freeaddrinfo(look_up->result);
    free(look_up);
}

int gv_call_getaddrinfo(
    const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    if (!gv_may_park() || !node || (hints && hints->ai_flags & AI_NUMERICHOST) || gv_is_numeric_host(node))
        return gv_libc.getaddrinfo(node, service, hints, result);

    size_t node_size = strlen(node) + 1, service_size = service ? strlen(service) + 1 : 0;
    address_look_up *look_up = malloc(sizeof *look_up + node_size + service_size);
    if (!look_up) return EAI_MEMORY;
    // Until the job has run, as far as `drop` is concerned.
    *look_up = (address_look_up){.has_hints = hints, .answer = EAI_AGAIN};
    if (hints) look_up->hints = *hints;
    memcpy(look_up->node, node, node_size);
    if (service) look_up->service = memcpy(look_up->node + node_size, service, service_size);

    int before = errno;
    if (gv_patch_hooks.offload_owned(GV_POOL_NAMES, find_addresses, drop_addresses, look_up) != 0) {
        errno = ECANCELED;
        return EAI_SYSTEM;
    }
    int answer = look_up->answer;
    errno = answer == EAI_SYSTEM ? look_up->error : before;
    if (answer == 0) *result = look_up->result;
    free(look_up);
    return answer;
}

// No name is longer than NI_MAXHOST; a buffer with more room than this is not made use of to the end.
enum { LONGEST_NAME = 8192 };

typedef struct {
    struct sockaddr_storage address;
    socklen_t length, host_size, service_size;
    int flags, answer, error;
    char host[LONGEST_NAME], service[LONGEST_NAME];
} name_look_up;

static void find_name(void *context) {
    name_look_up *look_up = context;
    look_up->answer = gv_libc.getnameinfo(
        (struct sockaddr *)&look_up->address, look_up->length, look_up->host, look_up->host_size,
        look_up->service_size ? look_up->service : 0, look_up->service_size, look_up->flags);
    look_up->error = errno;
}

static socklen_t room(const char *buffer, socklen_t size) {
    if (!buffer) return 0;
    return size < LONGEST_NAME ? size : LONGEST_NAME;
}

int gv_call_getnameinfo(
    const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service,
    socklen_t service_size, int flags) {
    // Services are in a file, and an address of any other family is its own name.
    bool asks = host && host_size > 0 && !(flags & NI_NUMERICHOST) && length >= sizeof address->sa_family
        && length <= sizeof(struct sockaddr_storage)
        && (address->sa_family == AF_INET || address->sa_family == AF_INET6);
    if (!gv_may_park() || !asks)
        return gv_libc.getnameinfo(address, length, host, host_size, service, service_size, flags);

    name_look_up *look_up = malloc(sizeof *look_up);
    if (!look_up) return EAI_MEMORY;
    memcpy(&look_up->address, address, length);
    look_up->length = length;
    look_up->host_size = room(host, host_size);
    look_up->service_size = room(service, service_size);
    look_up->flags = flags;

    int before = errno;
    if (gv_patch_hooks.offload_owned(GV_POOL_NAMES, find_name, free, look_up) != 0) {
        errno = ECANCELED;
        return EAI_SYSTEM;
    }
    int answer = look_up->answer;
    if (answer == 0) {
        strcpy(host, look_up->host);
        if (look_up->service_size) strcpy(service, look_up->service);
    }
    errno = answer == EAI_SYSTEM ? look_up->error : before;
    free(look_up);
    return answer;
}

GV_STAND_IN(GV_AREA_DNS, getaddrinfo, gv_call_getaddrinfo);
GV_STAND_IN(GV_AREA_DNS, getnameinfo, gv_call_getnameinfo);
