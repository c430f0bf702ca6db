// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_HOOKS_H
#define GV_TLS_HOOKS_H

#include <openssl/ssl.h>

// What OpenSSL calls in the middle of a step.

// Keeps the server's name and, where the certificate depends on it, pauses the handshake.
int gv_tls_see_hello(SSL *ssl, int *alert, void *unused);

// Chooses the first of the server's protocols that the client has too (RFC 7301, 3.2).
int gv_tls_choose_protocol(SSL *ssl, const unsigned char **chosen, unsigned char *chosen_count,
                           const unsigned char *offered, unsigned offered_count, void *context);

// Keeps the newest session that the server offers to resume.
int gv_tls_keep_session(SSL *ssl, SSL_SESSION *session);

#endif
