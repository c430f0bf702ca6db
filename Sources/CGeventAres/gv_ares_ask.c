// SPDX-License-Identifier: Apache-2.0

#include "gv_ares.h"

#ifdef CAres

#include <ares.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

// A question under way; freed by its one callback.
struct question {
    struct gv_ares_reply reply;
    enum gv_ares_type type;
};

static struct question *make(struct gv_ares_reply reply, enum gv_ares_type type) {
    struct question *question = malloc(sizeof *question);
    if (!question) {
        reply.done(reply.context, ARES_ENOMEM);
        return NULL;
    }
    *question = (struct question){reply, type};
    return question;
}

static struct gv_ares_reply take(void *context) {
    struct gv_ares_reply reply = ((struct question *)context)->reply;
    free(context);
    return reply;
}

static void tell(const struct gv_ares_reply *reply, struct gv_ares_item item) {
    reply->item(reply->context, &item);
}

static void host_answered(void *context, int status, int timeouts, struct ares_addrinfo *list) {
    (void)timeouts;
    struct gv_ares_reply reply = take(context);
    if (list) {
        for (struct ares_addrinfo_cname *alias = list->cnames; alias; alias = alias->next)
            tell(&reply, (struct gv_ares_item){0});
        for (struct ares_addrinfo_node *node = list->nodes; node; node = node->ai_next)
            tell(&reply,
                 (struct gv_ares_item){.bytes = node->ai_addr, .count = (size_t)node->ai_addrlen});
        ares_freeaddrinfo(list);
    }
    reply.done(reply.context, status);
}

static void name_answered(void *context, int status, int timeouts, struct hostent *host) {
    (void)timeouts;
    struct gv_ares_reply reply = take(context);
    if (status == ARES_SUCCESS && host && host->h_name)
        tell(&reply, (struct gv_ares_item){.host = host->h_name});
    reply.done(reply.context, status);
}

static int tell_names(const struct gv_ares_reply *reply, const unsigned char *bytes, int count) {
    struct hostent *host = NULL;
    int status = ares_parse_ptr_reply(bytes, count, NULL, 0, AF_INET, &host);
    if (status != ARES_SUCCESS) return status;
    if (host->h_name) tell(reply, (struct gv_ares_item){.host = host->h_name});
    ares_free_hostent(host);
    return status;
}

static int tell_mail(const struct gv_ares_reply *reply, const unsigned char *bytes, int count) {
    struct ares_mx_reply *list = NULL;
    int status = ares_parse_mx_reply(bytes, count, &list);
    for (struct ares_mx_reply *one = list; one; one = one->next)
        tell(reply, (struct gv_ares_item){.host = one->host, .first = one->priority});
    ares_free_data(list);
    return status;
}

static int tell_texts(const struct gv_ares_reply *reply, const unsigned char *bytes, int count) {
    struct ares_txt_ext *list = NULL;
    int status = ares_parse_txt_reply_ext(bytes, count, &list);
    for (struct ares_txt_ext *one = list; one; one = one->next)
        tell(reply, (struct gv_ares_item){
                        .bytes = one->txt, .count = one->length, .first = one->record_start});
    ares_free_data(list);
    return status;
}

static int tell_services(const struct gv_ares_reply *reply, const unsigned char *bytes,
                         int count) {
    struct ares_srv_reply *list = NULL;
    int status = ares_parse_srv_reply(bytes, count, &list);
    for (struct ares_srv_reply *one = list; one; one = one->next)
        tell(reply, (struct gv_ares_item){.host = one->host,
                                          .first = one->priority,
                                          .second = one->weight,
                                          .third = one->port});
    ares_free_data(list);
    return status;
}

static void answered(void *context, int status, int timeouts, unsigned char *bytes, int count) {
    (void)timeouts;
    enum gv_ares_type type = ((struct question *)context)->type;
    struct gv_ares_reply reply = take(context);
    if (status == ARES_SUCCESS) {
        switch (type) {
        case GV_ARES_A: break;
        case GV_ARES_PTR: status = tell_names(&reply, bytes, count); break;
        case GV_ARES_MX: status = tell_mail(&reply, bytes, count); break;
        case GV_ARES_TXT: status = tell_texts(&reply, bytes, count); break;
        case GV_ARES_SRV: status = tell_services(&reply, bytes, count); break;
        }
    }
    reply.done(reply.context, status);
}

void gv_ares_ask_host(struct gv_ares *channel, const char *host, int family,
                      struct gv_ares_reply reply) {
    struct question *question = make(reply, GV_ARES_A);
    if (!question) return;
    // The aliases come with the canonical name only.
    struct ares_addrinfo_hints hints = {
        .ai_flags = ARES_AI_CANONNAME, .ai_family = family, .ai_socktype = SOCK_STREAM};
    ares_getaddrinfo((ares_channel)channel, host, NULL, &hints, host_answered, question);
}

void gv_ares_ask(struct gv_ares *channel, const char *name, enum gv_ares_type type,
                 struct gv_ares_reply reply) {
    struct question *question = make(reply, type);
    if (question) ares_query((ares_channel)channel, name, 1, (int)type, answered, question);
}

void gv_ares_ask_name(struct gv_ares *channel, const void *address, struct gv_ares_reply reply) {
    struct question *question = make(reply, GV_ARES_PTR);
    if (!question) return;
    const struct sockaddr_in *small = address;
    const struct sockaddr_in6 *large = address;
    if (small->sin_family == AF_INET)
        ares_gethostbyaddr((ares_channel)channel, &small->sin_addr, sizeof small->sin_addr,
                           AF_INET, name_answered, question);
    else
        ares_gethostbyaddr((ares_channel)channel, &large->sin6_addr, sizeof large->sin6_addr,
                           AF_INET6, name_answered, question);
}

#endif
