// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_probes.h"
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

static char *text_of(BIO *memory) {
    char *bytes;
    long count = BIO_get_mem_data(memory, &bytes);
    char *text = malloc((size_t)count + 1);
    memcpy(text, bytes, (size_t)count);
    text[count] = 0;
    BIO_free(memory);
    return text;
}

static void add_extension(X509 *certificate, X509V3_CTX *context, int kind, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, context, kind, value);
    if (extension != NULL) X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

static void add_raw_name(X509 *certificate, const void *bytes, int count) {
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_IA5STRING *value = ASN1_IA5STRING_new();
    ASN1_STRING_set(value, bytes, count);
    GENERAL_NAME_set0_value(name, GEN_DNS, value);
    sk_GENERAL_NAME_push(names, name);
    X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_APPEND);
    GENERAL_NAMES_free(names);
}

static void fill(X509 *made, X509 *issuer, const gv_tls_test_certificate *wanted) {
    unsigned long number;
    RAND_bytes((unsigned char *)&number, sizeof number);
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), number >> 1);
    X509_gmtime_adj(X509_getm_notBefore(made), wanted->begins);
    X509_gmtime_adj(X509_getm_notAfter(made), wanted->ends);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               (const unsigned char *)wanted->common_name, -1, -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(issuer));
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, made, NULL, NULL, 0);
    add_extension(made, &context, NID_basic_constraints,
                  wanted->is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (wanted->names != NULL)
        add_extension(made, &context, NID_subject_alt_name, wanted->names);
    if (wanted->raw_name != NULL) add_raw_name(made, wanted->raw_name, wanted->raw_name_count);
}

int gv_tls_test_make(gv_tls_test_certificate *wanted) {
    X509 *made = X509_new(), *issuer = made;
    EVP_PKEY *key = EVP_EC_gen("P-256"), *issuer_key = key;
    if (wanted->issuer != NULL) {
        BIO *source = BIO_new_mem_buf(wanted->issuer, -1);
        issuer = PEM_read_bio_X509(source, NULL, NULL, NULL);
        BIO_free(source);
        source = BIO_new_mem_buf(wanted->issuer_key, -1);
        issuer_key = PEM_read_bio_PrivateKey(source, NULL, NULL, NULL);
        BIO_free(source);
    }
    X509_set_pubkey(made, key);
    fill(made, issuer, wanted);
    int is_signed = X509_sign(made, issuer_key, EVP_sha256()) > 0;
    BIO *certificate = BIO_new(BIO_s_mem()), *secret = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(certificate, made);
    PEM_write_bio_PrivateKey(secret, key, NULL, NULL, 0, NULL, NULL);
    wanted->certificate = text_of(certificate);
    wanted->key = text_of(secret);
    if (issuer != made) X509_free(issuer);
    if (issuer_key != key) EVP_PKEY_free(issuer_key);
    X509_free(made);
    EVP_PKEY_free(key);
    return is_signed;
}

char *gv_tls_test_protect(const char *key, const char *passphrase) {
    BIO *source = BIO_new_mem_buf(key, -1), *made = BIO_new(BIO_s_mem());
    EVP_PKEY *secret = PEM_read_bio_PrivateKey(source, NULL, NULL, NULL);
    PEM_write_bio_PKCS8PrivateKey(made, secret, EVP_aes_128_cbc(), passphrase,
                                  (int)strlen(passphrase), NULL, NULL);
    EVP_PKEY_free(secret);
    BIO_free(source);
    return text_of(made);
}
