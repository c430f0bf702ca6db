// SPDX-License-Identifier: Apache-2.0

#include "hooks.h"
#include "gv_tls_context.h"
#include "gv_tls_engine.h"
#include <string.h>

// The extension is a list of names, of which the type 0 is a host's: two bytes of length of the
// list, one of type, two of length of the name (RFC 6066, 3). OpenSSL checks it again, strictly, and
// ends the handshake where it is malformed.
static void keep_name(gv_tls *tls, const unsigned char *bytes, size_t count) {
    if (count < 5 || bytes[2] != 0) return;
    size_t length = (size_t)bytes[3] << 8 | bytes[4];
    if (length == 0 || length > count - 5 || length >= sizeof tls->name) return;
    if (memchr(bytes + 5, 0, length) != NULL) return;
    memcpy(tls->name, bytes + 5, length);
    tls->name[length] = 0;
}

int gv_tls_see_hello(SSL *ssl, int *alert, void *unused) {
    (void)alert;
    (void)unused;
    gv_tls *tls = SSL_get_app_data(ssl);
    // It comes a second time after the pause, and after a HelloRetryRequest.
    if (tls->has_seen_hello) return SSL_CLIENT_HELLO_SUCCESS;
    tls->has_seen_hello = 1;
    const unsigned char *bytes;
    size_t count;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &bytes, &count) == 1)
        keep_name(tls, bytes, count);
    return tls->pauses_for_name ? SSL_CLIENT_HELLO_RETRY : SSL_CLIENT_HELLO_SUCCESS;
}

int gv_tls_choose_protocol(SSL *ssl, const unsigned char **chosen, unsigned char *chosen_count,
                           const unsigned char *offered, unsigned offered_count, void *opaque) {
    (void)ssl;
    const gv_tls_context *context = opaque;
    unsigned char *found;
    int answer = SSL_select_next_proto(&found, chosen_count, context->protocols,
                                       context->protocols_count, offered, offered_count);
    if (answer != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

int gv_tls_keep_session(SSL *ssl, SSL_SESSION *session) {
    gv_tls *tls = SSL_get_app_data(ssl);
    SSL_SESSION_free(tls->session);
    tls->session = session;
    return 1;
}
