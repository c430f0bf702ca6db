// SPDX-License-Identifier: Apache-2.0

#include "gv_ares.h"

#ifdef CAres

#include <ares.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int library_status;

static void begin(void) { library_status = ares_library_init(ARES_LIB_INIT_ALL); }

static ares_channel as_ares(struct gv_ares *channel) { return (ares_channel)channel; }

struct gv_ares *gv_ares_open(const struct gv_ares_settings *settings, gv_ares_note note,
                             void *context, int *status) {
    struct ares_options options = {.sock_state_cb = note, .sock_state_cb_data = context};
    int mask = ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB;
    if (settings->uses_tcp) options.flags |= ARES_FLAG_USEVC;
    if (settings->ignores_truncation) options.flags |= ARES_FLAG_IGNTC;
    if (settings->is_frank) options.flags |= ARES_FLAG_NOCHECKRESP;
    if (settings->timeout >= 0) {
        options.timeout = settings->timeout;
        mask |= ARES_OPT_TIMEOUTMS;
    }
    if (settings->tries >= 0) {
        options.tries = settings->tries;
        mask |= ARES_OPT_TRIES;
    }
    if (settings->ndots >= 0) {
        options.ndots = settings->ndots;
        mask |= ARES_OPT_NDOTS;
    }
    if (settings->rotates >= 0) mask |= settings->rotates ? ARES_OPT_ROTATE : ARES_OPT_NOROTATE;
    if (settings->domain_count >= 0) {
        options.domains = settings->domains;
        options.ndomains = settings->domain_count;
        mask |= ARES_OPT_DOMAINS;
    }
    if (settings->lookups) {
        options.lookups = (char *)settings->lookups;
        mask |= ARES_OPT_LOOKUPS;
    }
    if (settings->configuration) {
        options.resolvconf_path = (char *)settings->configuration;
        mask |= ARES_OPT_RESOLVCONF;
    }
    pthread_once(&once, begin);
    *status = library_status;
    if (*status != ARES_SUCCESS) return NULL;
    ares_channel channel;
    *status = ares_init_options(&channel, &options, mask);
    if (*status != ARES_SUCCESS) return NULL;
    if (settings->servers) *status = ares_set_servers_ports_csv(channel, settings->servers);
    if (*status == ARES_SUCCESS) return (struct gv_ares *)channel;
    ares_destroy(channel);
    return NULL;
}

void gv_ares_close(struct gv_ares *channel) { ares_destroy(as_ares(channel)); }

void gv_ares_process(struct gv_ares *channel, int readable, int writable) {
    ares_process_fd(as_ares(channel), readable, writable);
}

void gv_ares_cancel(struct gv_ares *channel) { ares_cancel(as_ares(channel)); }

long gv_ares_timeout(struct gv_ares *channel) {
    struct timeval room;
    struct timeval *left = ares_timeout(as_ares(channel), NULL, &room);
    return left ? left->tv_sec * 1000 + (left->tv_usec + 999) / 1000 : -1;
}

size_t gv_ares_sockets(struct gv_ares *channel, struct gv_ares_socket *sockets) {
    ares_socket_t numbers[ARES_GETSOCK_MAXNUM];
    unsigned wishes = (unsigned)ares_getsock(as_ares(channel), numbers, ARES_GETSOCK_MAXNUM);
    size_t count = 0;
    for (int index = 0; index < ARES_GETSOCK_MAXNUM; index++) {
        bool reads = wishes >> index & 1;
        bool writes = wishes >> (index + ARES_GETSOCK_MAXNUM) & 1;
        if (!reads && !writes) continue;
        sockets[count++] = (struct gv_ares_socket){numbers[index], reads, writes};
    }
    return count;
}

enum gv_ares_outcome gv_ares_outcome(int status) {
    switch (status) {
    case ARES_SUCCESS: return GV_ARES_DONE;
    case ARES_ENOTFOUND:
    case ARES_ENONAME: return GV_ARES_NO_NAME;
    case ARES_ENODATA: return GV_ARES_NO_DATA;
    case ARES_ESERVFAIL: return GV_ARES_SERVER_FAILED;
    case ARES_EREFUSED: return GV_ARES_REFUSED;
    case ARES_EFORMERR:
    case ARES_ENOTIMP: return GV_ARES_NOT_UNDERSTOOD;
    case ARES_ETIMEOUT: return GV_ARES_TIMED_OUT;
    case ARES_ECONNREFUSED: return GV_ARES_UNREACHABLE;
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION: return GV_ARES_CANCELLED;
    case ARES_EBADRESP:
    case ARES_EBADNAME:
    case ARES_EBADSTR:
    case ARES_EOF: return GV_ARES_BAD_ANSWER;
    case ARES_ENOMEM: return GV_ARES_NO_MEMORY;
    default: return GV_ARES_OTHER;
    }
}

const char *gv_ares_text(int status) { return ares_strerror(status); }

#endif
