// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_identity.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

// Without a callback of ours OpenSSL would ask on the terminal.
static int give_passphrase(char *room, int size, int is_writing, void *passphrase) {
    (void)is_writing;
    if (passphrase == NULL) return -1;
    size_t length = strlen(passphrase);
    if (length > (size_t)size) return -1;
    memcpy(room, passphrase, length);
    return (int)length;
}

static int read_chain(gv_tls_identity *identity, const void *bytes, size_t count) {
    BIO *source = BIO_new_mem_buf(bytes, (int)count);
    if (source == NULL) return 0;
    X509 *next = PEM_read_bio_X509(source, NULL, give_passphrase, NULL);
    identity->certificate = next;
    identity->chain = sk_X509_new_null();
    int is_good = next != NULL && identity->chain != NULL;
    while (is_good && (next = PEM_read_bio_X509(source, NULL, give_passphrase, NULL)) != NULL) {
        is_good = sk_X509_push(identity->chain, next) > 0;
        if (!is_good) X509_free(next);
    }
    // The last error says that no more certificate begins, which is how a file ends.
    unsigned long last = ERR_peek_last_error();
    if (is_good && last != 0) {
        is_good = ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
        if (is_good) ERR_clear_error();
    }
    BIO_free(source);
    return is_good;
}

static int read_key(gv_tls_identity *identity, const void *bytes, size_t count,
                    const char *passphrase) {
    BIO *source = BIO_new_mem_buf(bytes, (int)count);
    if (source == NULL) return 0;
    identity->key = PEM_read_bio_PrivateKey(source, NULL, give_passphrase, (void *)passphrase);
    BIO_free(source);
    return identity->key != NULL;
}

int gv_tls_identity_init(gv_tls_identity *identity, const void *chain, size_t chain_count,
                         const void *key, size_t key_count, const char *passphrase,
                         gv_tls_failure *failure) {
    memset(identity, 0, sizeof *identity);
    ERR_clear_error();
    if (read_chain(identity, chain, chain_count)
        && read_key(identity, key, key_count, passphrase)
        && X509_check_private_key(identity->certificate, identity->key) == 1)
        return 1;
    gv_tls_take_failure(failure, 0);
    gv_tls_identity_end(identity);
    return 0;
}

void gv_tls_identity_end(gv_tls_identity *identity) {
    X509_free(identity->certificate);
    sk_X509_pop_free(identity->chain, X509_free);
    EVP_PKEY_free(identity->key);
    memset(identity, 0, sizeof *identity);
}
