// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_IDENTITY_H
#define GV_TLS_IDENTITY_H

#include "gv_tls_failure.h"
#include <stddef.h>

struct x509_st;
struct evp_pkey_st;
struct stack_st_X509;

// A certificate, those that lead from it to its authority, and its key.
typedef struct gv_tls_identity {
    struct x509_st *certificate;
    struct stack_st_X509 *chain;
    struct evp_pkey_st *key;
} gv_tls_identity;

// Both in PEM; the passphrase may be nil. Returns 1, or 0 and says why.
int gv_tls_identity_init(gv_tls_identity *identity, const void *chain, size_t chain_count,
                         const void *key, size_t key_count, const char *passphrase,
                         gv_tls_failure *failure);

void gv_tls_identity_end(gv_tls_identity *identity);

#endif
