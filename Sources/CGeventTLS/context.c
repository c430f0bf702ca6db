// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_context.h"
#include "hooks.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>

// Forward secret and authenticated ciphers only; TLS 1.3 has no others.
#define CIPHERS_OF_TLS_1_2 "ECDHE+AESGCM:ECDHE+CHACHA20"

static const unsigned char session_area[] = "swift-gevent";

static int refuse(gv_tls_failure *failure) {
    gv_tls_take_failure(failure, 0);
    return 0;
}

static void set_options(SSL_CTX *handle, int is_server) {
    SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    // The configuration of the system may have allowed it.
    SSL_CTX_clear_options(handle, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF
                                      | SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION);
    SSL_CTX_set_mode(handle, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                 | SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY);
    if (is_server) {
        // Tickets hold all there is to know; a table of sessions would only grow.
        SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);
        SSL_CTX_set_session_id_context(handle, session_area, sizeof session_area - 1);
        SSL_CTX_set_client_hello_cb(handle, gv_tls_see_hello, NULL);
    } else {
        SSL_CTX_set_session_cache_mode(handle,
                                       SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(handle, gv_tls_keep_session);
    }
}

int gv_tls_context_init(gv_tls_context *context, int is_server, int oldest_version,
                        gv_tls_failure *failure) {
    memset(context, 0, sizeof *context);
    // Other threads may be in the middle of something when the process exits: nothing is freed then.
    OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, NULL);
    ERR_clear_error();
    SSL_CTX *handle = SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method());
    if (handle == NULL) return refuse(failure);
    context->handle = handle;
    context->is_server = is_server;
    set_options(handle, is_server);
    if (SSL_CTX_get_security_level(handle) < 2) SSL_CTX_set_security_level(handle, 2);
    if (SSL_CTX_set_cipher_list(handle, CIPHERS_OF_TLS_1_2) == 1
        && SSL_CTX_set_max_proto_version(handle, 0) == 1
        && SSL_CTX_set_min_proto_version(handle, oldest_version) == 1)
        return 1;
    gv_tls_take_failure(failure, 0);
    gv_tls_context_end(context);
    return 0;
}

void gv_tls_context_end(gv_tls_context *context) {
    SSL_CTX_free(context->handle);
    OPENSSL_free(context->protocols);
    memset(context, 0, sizeof *context);
}

int gv_tls_context_trust_system(gv_tls_context *context, gv_tls_failure *failure) {
    ERR_clear_error();
    if (SSL_CTX_set_default_verify_paths(context->handle) != 1) return refuse(failure);
    // A place that is not there leaves an error that is none.
    ERR_clear_error();
    return 1;
}

int gv_tls_context_trust(gv_tls_context *context, const void *bytes, size_t count,
                         gv_tls_failure *failure) {
    ERR_clear_error();
    BIO *source = BIO_new_mem_buf(bytes, (int)count);
    X509_STORE *store = SSL_CTX_get_cert_store(context->handle);
    X509 *root;
    int added = 0, is_good = source != NULL;
    while (is_good && (root = PEM_read_bio_X509(source, NULL, NULL, "")) != NULL) {
        is_good = X509_STORE_add_cert(store, root) == 1;
        // Servers tell whose certificates they take.
        if (is_good && context->is_server)
            is_good = SSL_CTX_add_client_CA(context->handle, root) == 1;
        X509_free(root);
        added += is_good;
    }
    BIO_free(source);
    unsigned long last = ERR_peek_last_error();
    int is_end = ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
    if (is_good && added > 0 && is_end) {
        ERR_clear_error();
        return 1;
    }
    return refuse(failure);
}

int gv_tls_context_set_identity(gv_tls_context *context, const gv_tls_identity *identity,
                                gv_tls_failure *failure) {
    ERR_clear_error();
    if (SSL_CTX_use_cert_and_key(context->handle, identity->certificate, identity->key,
                                 identity->chain, 1)
        == 1)
        return 1;
    return refuse(failure);
}

void gv_tls_context_set_verification(gv_tls_context *context, int verification) {
    int mode = SSL_VERIFY_NONE;
    if (verification >= GV_TLS_VERIFY_IF_GIVEN) mode = SSL_VERIFY_PEER;
    if (verification == GV_TLS_VERIFY) mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    SSL_CTX_set_verify(context->handle, mode, NULL);
}

int gv_tls_context_set_protocols(gv_tls_context *context, const void *names, size_t count,
                                 gv_tls_failure *failure) {
    ERR_clear_error();
    // The copy outlives the connections: the choice of one points into it.
    context->protocols = OPENSSL_memdup(names, count);
    context->protocols_count = (uint32_t)count;
    if (context->protocols == NULL) return refuse(failure);
    if (context->is_server) {
        SSL_CTX_set_alpn_select_cb(context->handle, gv_tls_choose_protocol, context);
        return 1;
    }
    // Returns 0 when it has worked.
    if (SSL_CTX_set_alpn_protos(context->handle, context->protocols, context->protocols_count) != 0)
        return refuse(failure);
    return 1;
}
