// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_PROBES_H
#define GV_TLS_PROBES_H

#include <stddef.h>

struct ssl_st;
struct ssl_ctx_st;

// A certificate to be made. Its key is a new one on the curve P-256.
typedef struct gv_tls_test_certificate {
    const char *common_name;
    // As in a configuration of OpenSSL, such as "DNS:a.example,IP:127.0.0.1"; may be nil.
    const char *names;
    // The bytes of one more name of a host; may be nil.
    const void *raw_name;
    int raw_name_count;
    // In seconds from now.
    long begins;
    long ends;
    int is_authority;
    // Both in PEM; nil for one that is signed by itself.
    const char *issuer;
    const char *issuer_key;
    // What is made, in PEM with a zero at the end; the caller frees them.
    char *certificate;
    char *key;
} gv_tls_test_certificate;

// Returns 1, or 0 if OpenSSL refuses.
int gv_tls_test_make(gv_tls_test_certificate *wanted);

// The key in PEM behind a passphrase; the caller frees it.
char *gv_tls_test_protect(const char *key, const char *passphrase);

// Breaks the rules, as a peer would that is not of this library.
void gv_tls_test_allow_old_versions(struct ssl_ctx_st *context);
void gv_tls_test_speak_1_2(struct ssl_ctx_st *context);
void gv_tls_test_limit_version(struct ssl_st *ssl, int version);
// Begins to negotiate anew. Returns 1 if the record for it was made.
int gv_tls_test_renegotiate(struct ssl_st *ssl);

#endif
