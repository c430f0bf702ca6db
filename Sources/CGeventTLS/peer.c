// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_peer.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

int gv_tls_version(const gv_tls *tls) {
    return SSL_version(tls->ssl);
}

const char *gv_tls_cipher(const gv_tls *tls) {
    const SSL_CIPHER *cipher = SSL_get_current_cipher(tls->ssl);
    const char *name = cipher == NULL ? NULL : SSL_CIPHER_standard_name(cipher);
    return name == NULL ? "" : name;
}

int gv_tls_is_resumed(const gv_tls *tls) {
    return SSL_session_reused(tls->ssl);
}

void gv_tls_protocol(const gv_tls *tls, const uint8_t **name, uint32_t *count) {
    unsigned length = 0;
    SSL_get0_alpn_selected(tls->ssl, name, &length);
    *count = length;
}

struct x509_st *gv_tls_copy_certificate(const gv_tls *tls) {
    return SSL_get1_peer_certificate(tls->ssl);
}

void gv_tls_certificate_free(struct x509_st *certificate) {
    X509_free(certificate);
}

void gv_tls_certificate_bytes(struct x509_st *certificate, gv_tls_taker take, void *receiver) {
    unsigned char *bytes = NULL;
    int count = i2d_X509(certificate, &bytes);
    if (count > 0) take(bytes, (size_t)count, receiver);
    OPENSSL_free(bytes);
    ERR_clear_error();
}

void gv_tls_certificate_subject(struct x509_st *certificate, gv_tls_taker take, void *receiver) {
    BIO *text = BIO_new(BIO_s_mem());
    if (text == NULL) return;
    // Control characters come escaped, so that nothing in a name forges a line of a log.
    unsigned long style = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
    char *bytes = NULL;
    X509_NAME_print_ex(text, X509_get_subject_name(certificate), 0, style);
    long count = BIO_get_mem_data(text, &bytes);
    if (count > 0) take(bytes, (size_t)count, receiver);
    BIO_free(text);
    ERR_clear_error();
}

static void each_name(struct x509_st *certificate, int type, gv_tls_taker take, void *receiver) {
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
        int found;
        ASN1_STRING *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &found);
        if (found != type) continue;
        take(ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value), receiver);
    }
    GENERAL_NAMES_free(names);
    ERR_clear_error();
}

void gv_tls_certificate_hosts(struct x509_st *certificate, gv_tls_taker take, void *receiver) {
    each_name(certificate, GEN_DNS, take, receiver);
}

void gv_tls_certificate_addresses(struct x509_st *certificate, gv_tls_taker take, void *receiver) {
    each_name(certificate, GEN_IPADD, take, receiver);
}
