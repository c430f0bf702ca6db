// SPDX-License-Identifier: Apache-2.0
#include "bench_limits.h"
#include "bench_tls.h"
#include <openssl/ssl.h>
#include <stdlib.h>

static void shake(SSL_CTX *client_context, SSL_CTX *server_context) {
    SSL *client = SSL_new(client_context), *server = SSL_new(server_context);
    BIO *near = 0, *far = 0;
    if (!client || !server || BIO_new_bio_pair(&near, 0, &far, 0) != 1) abort();
    SSL_set_bio(client, near, near);
    SSL_set_bio(server, far, far);
    SSL_set_connect_state(client);
    SSL_set_accept_state(server);
    SSL_set1_host(client, "localhost");
    for (int i = 0; i < 10 && !(SSL_is_init_finished(client) && SSL_is_init_finished(server)); i++) {
        SSL_do_handshake(client);
        SSL_do_handshake(server);
    }
    if (!SSL_is_init_finished(client) || !SSL_is_init_finished(server)) abort();
    SSL_free(client);
    SSL_free(server);
}

double limit_tls_handshake(const char *certificate_file, const char *key_file, long count) {
    SSL_CTX *client = SSL_CTX_new(TLS_client_method()), *server = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(server, certificate_file) != 1 ||
        SSL_CTX_use_PrivateKey_file(server, key_file, SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_load_verify_locations(client, certificate_file, 0) != 1)
        abort();
    SSL_CTX_set_verify(client, SSL_VERIFY_PEER, 0);
    for (long i = 0; i < count / 10; i++) shake(client, server);
    uint64_t start = limit_now();
    for (long i = 0; i < count; i++) shake(client, server);
    double each = (double)(limit_now() - start) / (double)count;
    SSL_CTX_free(client);
    SSL_CTX_free(server);
    return each;
}
