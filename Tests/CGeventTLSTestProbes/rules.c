// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_probes.h"
#include <openssl/ssl.h>

void gv_tls_test_allow_old_versions(struct ssl_ctx_st *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
}

void gv_tls_test_speak_1_2(struct ssl_ctx_st *context) {
    SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
}

void gv_tls_test_limit_version(struct ssl_st *ssl, int version) {
    SSL_set_min_proto_version(ssl, version);
    SSL_set_max_proto_version(ssl, version);
}

int gv_tls_test_renegotiate(struct ssl_st *ssl) {
    SSL_clear_options(ssl, SSL_OP_NO_RENEGOTIATION);
    if (SSL_renegotiate(ssl) != 1) return 0;
    SSL_do_handshake(ssl);
    return BIO_ctrl_pending(SSL_get_wbio(ssl)) > 0;
}
