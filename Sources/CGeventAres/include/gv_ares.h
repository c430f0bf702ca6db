// SPDX-License-Identifier: Apache-2.0

// c-ares behind functions of our own.
//
// ares.h is not for Swift to see: it brings types of the C library along, which then belong to two
// modules, and files that use them compile or not by the order in which the compiler meets them.
//
// A channel waits for nothing, and belongs to one thread at a time. Without the package trait CAres
// nothing here is defined.

#ifndef GV_ARES_H
#define GV_ARES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gv_ares;

// What a channel is opened with. A null pointer or a negative number leaves it to the system's
// configuration. Everything is copied.
struct gv_ares_settings {
    bool uses_tcp;
    bool ignores_truncation;
    bool is_frank; // Reports what a server says that refuses, instead of asking the next one.
    int timeout;   // Milliseconds.
    int tries;
    int ndots;
    int rotates;
    int domain_count;
    char **domains;
    const char *lookups;
    const char *configuration;
    const char *servers; // 127.0.0.1:53,[::1]:53
};

// What became of a call or a question.
enum gv_ares_outcome {
    GV_ARES_DONE,
    GV_ARES_NO_NAME,
    GV_ARES_NO_DATA,
    GV_ARES_SERVER_FAILED,
    GV_ARES_REFUSED,
    GV_ARES_NOT_UNDERSTOOD,
    GV_ARES_TIMED_OUT,
    GV_ARES_UNREACHABLE,
    GV_ARES_CANCELLED,
    GV_ARES_BAD_ANSWER,
    GV_ARES_NO_MEMORY,
    GV_ARES_OTHER,
};

enum gv_ares_type {
    GV_ARES_A = 1,
    GV_ARES_PTR = 12,
    GV_ARES_MX = 15,
    GV_ARES_TXT = 16,
    GV_ARES_SRV = 33,
};

// A part of an answer, there during the call only.
struct gv_ares_item {
    const void *bytes; // A socket address, or a piece of text; NULL for an alias.
    size_t count;
    const char *host;      // Of a PTR, MX or SRV record.
    unsigned short first;  // Preference or priority; 1 where a text record begins.
    unsigned short second; // Weight.
    unsigned short third;  // Port.
};

// Calls `item` for each part and then, once for every question, `done`. Neither calls the channel.
struct gv_ares_reply {
    void *context;
    void (*item)(void *context, const struct gv_ares_item *item);
    void (*done)(void *context, int status);
};

// What c-ares wants to do with a socket from now on; nothing means that it is about to close it.
typedef void (*gv_ares_note)(void *context, int fd, int reads, int writes);

struct gv_ares_socket {
    int fd;
    bool reads;
    bool writes;
};

// NULL when it cannot be opened; then `status` says why.
struct gv_ares *gv_ares_open(const struct gv_ares_settings *settings, gv_ares_note note,
                             void *context, int *status);
// Open questions are answered as cancelled.
void gv_ares_close(struct gv_ares *channel);

// The addresses of a host; `family` may be AF_UNSPEC. Aliases come as items too.
void gv_ares_ask_host(struct gv_ares *channel, const char *host, int family,
                      struct gv_ares_reply reply);
// The records of a name.
void gv_ares_ask(struct gv_ares *channel, const char *name, enum gv_ares_type type,
                 struct gv_ares_reply reply);
// The name at a socket address by the channel's look-ups, which may be "f", the hosts file, only.
void gv_ares_ask_name(struct gv_ares *channel, const void *address, struct gv_ares_reply reply);

void gv_ares_process(struct gv_ares *channel, int readable, int writable);
void gv_ares_cancel(struct gv_ares *channel);

// Milliseconds until gv_ares_process has to be called; negative when no question is open.
long gv_ares_timeout(struct gv_ares *channel);

// The sockets, at most 16; returns how many.
size_t gv_ares_sockets(struct gv_ares *channel, struct gv_ares_socket *sockets);

enum gv_ares_outcome gv_ares_outcome(int status);
const char *gv_ares_text(int status); // Never freed.

#endif
