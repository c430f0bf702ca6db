// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_CONTEXT_H
#define GV_TLS_CONTEXT_H

#include "gv_tls_failure.h"
#include "gv_tls_identity.h"
#include <stddef.h>
#include <stdint.h>

struct ssl_ctx_st;

enum { GV_TLS_VERIFY_NOTHING, GV_TLS_VERIFY_IF_GIVEN, GV_TLS_VERIFY };

// What connections have in common. Not changed any more once there is one.
typedef struct gv_tls_context {
    struct ssl_ctx_st *handle;
    int32_t is_server;
    // The names of application protocols, each behind its length, as they are sent.
    uint8_t *protocols;
    uint32_t protocols_count;
} gv_tls_context;

// The functions return 1, or 0 and say why.

int gv_tls_context_init(gv_tls_context *context, int is_server, int oldest_version,
                        gv_tls_failure *failure);
void gv_tls_context_end(gv_tls_context *context);

int gv_tls_context_trust_system(gv_tls_context *context, gv_tls_failure *failure);

// Trusts each certificate of a PEM text, which has at least one.
int gv_tls_context_trust(gv_tls_context *context, const void *bytes, size_t count,
                         gv_tls_failure *failure);

int gv_tls_context_set_identity(gv_tls_context *context, const gv_tls_identity *identity,
                                gv_tls_failure *failure);

void gv_tls_context_set_verification(gv_tls_context *context, int verification);

int gv_tls_context_set_protocols(gv_tls_context *context, const void *names, size_t count,
                                 gv_tls_failure *failure);

#endif
