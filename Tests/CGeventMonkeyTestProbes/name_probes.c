// SPDX-License-Identifier: Apache-2.0
// Look-ups by stand-ins or by the real calls, with the answer as text.
#define _GNU_SOURCE 1
#include "include/gv_monkey_probes.h"
#include <CGeventPatch.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { char *text; size_t length; } words;

__attribute__((format(printf, 2, 3))) static void add(words *words, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(words->text + words->length, GV_PROBE_TEXT - words->length, format, list);
    va_end(list);
    words->length += (size_t)length;
    if (words->length >= GV_PROBE_TEXT) abort();
}

static void add_bytes(words *words, const void *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) add(words, "%02x", ((const unsigned char *)bytes)[i]);
    add(words, " ");
}

// errno means something with EAI_SYSTEM only; else the C library may leave anything in it.
static void add_answer(words *words, int answer) {
    add(words, "%d errno %d ", answer, answer == EAI_SYSTEM ? errno : 0);
}

void gv_probe_addresses(
    bool is_real, const char *node, const char *service, int flags, int family, char *text) {
    words out = {.text = text};
    struct addrinfo hints = {.ai_flags = flags, .ai_family = family}, *list = 0;
    errno = 77;
    int answer = (is_real ? getaddrinfo : gv_call_getaddrinfo)(node, service, flags == -1 ? 0 : &hints, &list);
    add_answer(&out, answer);
    if (answer != 0) return;
    for (struct addrinfo *info = list; info; info = info->ai_next) {
        add(&out, "%d %s ", info->ai_socktype, info->ai_canonname ? info->ai_canonname : "-");
        add_bytes(&out, info->ai_addr, info->ai_addrlen);
    }
    freeaddrinfo(list);
}

void gv_probe_name(bool is_real, int family, int flags, int room, char *text) {
    words out = {.text = text};
    struct sockaddr_in address = {
        .sin_family = (sa_family_t)family, .sin_port = htons(80), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char host[2048] = "-", service[2048] = "-";
    errno = 77;
    int answer = (is_real ? getnameinfo : gv_call_getnameinfo)(
        (struct sockaddr *)&address, sizeof address, host, (socklen_t)room, room ? service : 0, (socklen_t)room, flags);
    add_answer(&out, answer);
    if (answer == 0) add(&out, "%s %s", host, service);
}

static void add_entry(words *out, const struct hostent *entry) {
    if (!entry) {
        add(out, "h_errno %d errno %d", h_errno, h_errno == NETDB_INTERNAL ? errno : 0);
        return;
    }
    add(out, "%s %d ", entry->h_name, entry->h_addrtype);
    for (char **address = entry->h_addr_list; *address; address++) add_bytes(out, *address, (size_t)entry->h_length);
    for (char **alias = entry->h_aliases; *alias; alias++) add(out, "%s ", *alias);
}

void gv_probe_host(bool is_real, const char *name, int family, char *text) {
    words out = {.text = text};
    errno = 77;
    if (family < 0) add_entry(&out, (is_real ? gethostbyname : gv_call_gethostbyname)(name));
    else add_entry(&out, (is_real ? gethostbyname2 : gv_call_gethostbyname2)(name, family));
}

void gv_probe_host_of_loopback(bool is_real, char *text) {
    words out = {.text = text};
    struct in_addr address = {.s_addr = htonl(INADDR_LOOPBACK)};
    errno = 77;
    add_entry(&out, (is_real ? gethostbyaddr : gv_call_gethostbyaddr)(&address, sizeof address, AF_INET));
}

const void *gv_probe_ask_host(const char *name) { return gv_call_gethostbyname(name); }

void gv_probe_read_host(const void *answer, char *text) {
    words out = {.text = text};
    add_entry(&out, answer);
}

bool gv_probe_host_into(bool is_real, const char *name, int offset, int size, char *text) {
    words out = {.text = text};
    char *buffer = malloc((size_t)offset + (size_t)size);
    struct hostent entry = {0}, *result = 0;
    int failure = -1;
    errno = 77;
    int answer = (is_real ? gethostbyname_r : gv_call_gethostbyname_r)(
        name, &entry, buffer + offset, (size_t)size, &result, &failure);
    add(&out, "%d ", answer);
    bool is_inside = true;
    if (result) {
        add_entry(&out, result);
        char *places[] = {entry.h_name, (char *)entry.h_aliases, (char *)entry.h_addr_list, entry.h_addr_list[0]};
        for (int i = 0; i < 4; i++)
            is_inside = is_inside && places[i] >= buffer + offset && places[i] < buffer + offset + size;
    } else {
        add(&out, "herror %d", failure);
    }
    free(buffer);
    return is_inside;
}
