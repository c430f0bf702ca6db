// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_engine.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

// What a connection that waits may keep for the next records each way.
#define KEPT_MEMORY 1024

static BIO *new_memory(void) {
    BIO *memory = BIO_new(BIO_s_mem());
    // Empty means that more may come, not that it has ended.
    if (memory != NULL) BIO_set_mem_eof_return(memory, -1);
    return memory;
}

int gv_tls_init(gv_tls *tls, const gv_tls_context *context, gv_tls_failure *failure) {
    memset(tls, 0, sizeof *tls);
    gv_tls_forget_failures();
    tls->ssl = SSL_new(context->handle);
    BIO *input = new_memory(), *output = new_memory();
    if (tls->ssl == NULL || input == NULL || output == NULL) {
        BIO_free(input);
        BIO_free(output);
        SSL_free(tls->ssl);
        gv_tls_take_failure(failure, 0);
        return 0;
    }
    tls->input = input;
    tls->output = output;
    SSL_set0_rbio(tls->ssl, input);
    SSL_set0_wbio(tls->ssl, output);
    SSL_set_app_data(tls->ssl, tls);
    if (context->is_server)
        SSL_set_accept_state(tls->ssl);
    else
        SSL_set_connect_state(tls->ssl);
    return 1;
}

void gv_tls_end(gv_tls *tls) {
    SSL_free(tls->ssl);
    SSL_SESSION_free(tls->session);
    tls->ssl = NULL;
    tls->session = NULL;
}

int gv_tls_expect_host(gv_tls *tls, const char *name, int is_address, int is_verified) {
    gv_tls_forget_failures();
    if (!is_address && SSL_set_tlsext_host_name(tls->ssl, name) != 1) return 0;
    if (!is_verified) return 1;
    X509_VERIFY_PARAM *rules = SSL_get0_param(tls->ssl);
    if (is_address) return X509_VERIFY_PARAM_set1_ip_asc(rules, name);
    SSL_set_hostflags(tls->ssl,
                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return SSL_set1_host(tls->ssl, name);
}

static int outcome(gv_tls *tls, int result) {
    switch (SSL_get_error(tls->ssl, result)) {
    case SSL_ERROR_NONE: return GV_TLS_DONE;
    case SSL_ERROR_WANT_READ: return GV_TLS_WANTS_INPUT;
    case SSL_ERROR_WANT_CLIENT_HELLO_CB: return GV_TLS_WANTS_IDENTITY;
    case SSL_ERROR_ZERO_RETURN: return GV_TLS_ENDED;
    default:
        gv_tls_take_failure(&tls->failure, SSL_get_verify_result(tls->ssl));
        return GV_TLS_FAILED;
    }
}

int gv_tls_handshake(gv_tls *tls) {
    gv_tls_forget_failures();
    return outcome(tls, SSL_do_handshake(tls->ssl));
}

int gv_tls_use_identity(gv_tls *tls, const gv_tls_identity *identity) {
    gv_tls_forget_failures();
    int result = SSL_use_cert_and_key(tls->ssl, identity->certificate, identity->key,
                                      identity->chain, 1);
    if (result == 1) return GV_TLS_DONE;
    gv_tls_take_failure(&tls->failure, 0);
    return GV_TLS_FAILED;
}

int gv_tls_read(gv_tls *tls, void *room, size_t size, size_t *count) {
    gv_tls_forget_failures();
    *count = 0;
    return outcome(tls, SSL_read_ex(tls->ssl, room, size, count));
}

int gv_tls_may_read(const gv_tls *tls) {
    return BIO_pending(tls->input) > 0 || SSL_has_pending(tls->ssl) || tls->has_input_ended
        || (SSL_get_shutdown(tls->ssl) & SSL_RECEIVED_SHUTDOWN) != 0;
}

int gv_tls_write(gv_tls *tls, const void *bytes, size_t size, size_t *count) {
    gv_tls_forget_failures();
    *count = 0;
    return outcome(tls, SSL_write_ex(tls->ssl, bytes, size, count));
}

int gv_tls_shut_down(gv_tls *tls) {
    gv_tls_forget_failures();
    int result = SSL_shutdown(tls->ssl);
    // 0 says that the peer has not said so too, which is nothing to wait for here.
    return result >= 0 ? GV_TLS_DONE : outcome(tls, result);
}

int gv_tls_update_keys(gv_tls *tls) {
    gv_tls_forget_failures();
    int result = SSL_key_update(tls->ssl, SSL_KEY_UPDATE_REQUESTED);
    if (result == 1) result = SSL_do_handshake(tls->ssl);
    return outcome(tls, result);
}

int gv_tls_feed(gv_tls *tls, const void *bytes, size_t count) {
    size_t written;
    return count == 0 || BIO_write_ex(tls->input, bytes, count, &written) == 1;
}

void gv_tls_feed_end(gv_tls *tls) {
    tls->has_input_ended = 1;
    BIO_set_mem_eof_return(tls->input, 0);
}

size_t gv_tls_input_count(const gv_tls *tls) {
    return BIO_ctrl_pending(tls->input);
}

size_t gv_tls_output_count(const gv_tls *tls) {
    return BIO_ctrl_pending(tls->output);
}

static size_t take(BIO *memory, void *room, size_t size) {
    size_t count = 0;
    return BIO_read_ex(memory, room, size, &count) == 1 ? count : 0;
}

size_t gv_tls_take_input(gv_tls *tls, void *room, size_t size) {
    return take(tls->input, room, size);
}

size_t gv_tls_take_output(gv_tls *tls, void *room, size_t size) {
    return take(tls->output, room, size);
}

// Memory that never gives back what it grew by is exchanged once it is empty.
static BIO *smaller(BIO *memory) {
    BUF_MEM *bytes = NULL;
    BIO_get_mem_ptr(memory, &bytes);
    if (BIO_ctrl_pending(memory) > 0 || bytes == NULL || bytes->max <= KEPT_MEMORY) return NULL;
    return new_memory();
}

void gv_tls_trim(gv_tls *tls) {
    if (!SSL_is_init_finished(tls->ssl)) return;
    BIO *input = smaller(tls->input), *output = smaller(tls->output);
    if (input != NULL) {
        SSL_set0_rbio(tls->ssl, input);
        tls->input = input;
    }
    if (output != NULL) {
        SSL_set0_wbio(tls->ssl, output);
        tls->output = output;
    }
}

int gv_tls_set_session(gv_tls *tls, struct ssl_session_st *session) {
    gv_tls_forget_failures();
    return SSL_set_session(tls->ssl, session);
}

struct ssl_session_st *gv_tls_copy_session(const gv_tls *tls) {
    if (tls->session == NULL || !SSL_SESSION_is_resumable(tls->session)) return NULL;
    SSL_SESSION_up_ref(tls->session);
    return tls->session;
}

void gv_tls_session_free(struct ssl_session_st *session) {
    SSL_SESSION_free(session);
}
