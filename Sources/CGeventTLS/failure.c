// SPDX-License-Identifier: Apache-2.0

#include "gv_tls_failure.h"
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <string.h>

// ssl/ssl.h: the reason of an alert that arrived is its number and this.
#define ALERT_REASONS SSL_AD_REASON_OFFSET

void gv_tls_forget_failures(void) {
    // To look is much less work than to clear what is clear.
    if (ERR_peek_error() != 0) ERR_clear_error();
}

static int cause_of_verification(long result) {
    switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return GV_TLS_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID: return GV_TLS_NOT_YET_VALID;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return GV_TLS_SELF_SIGNED;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    // Somebody else goes by the authority's name.
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return GV_TLS_UNKNOWN_AUTHORITY;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return GV_TLS_HOST_MISMATCH;
    case X509_V_ERR_CERT_REVOKED: return GV_TLS_REVOKED;
    default: return GV_TLS_CERTIFICATE_REJECTED;
    }
}

static int cause_of_alert(int alert) {
    switch (alert) {
    case SSL_AD_NO_APPLICATION_PROTOCOL: return GV_TLS_NO_COMMON_PROTOCOL;
    case SSL_AD_PROTOCOL_VERSION: return GV_TLS_NO_COMMON_VERSION;
    default: return GV_TLS_PEER_ALERT;
    }
}

static int cause_of_reason(int reason) {
    switch (reason) {
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return GV_TLS_NO_CERTIFICATE;
    case SSL_R_NO_APPLICATION_PROTOCOL: return GV_TLS_NO_COMMON_PROTOCOL;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_NO_PROTOCOLS_AVAILABLE: return GV_TLS_NO_COMMON_VERSION;
    case SSL_R_NO_SHARED_CIPHER: return GV_TLS_NO_COMMON_CIPHER;
    case SSL_R_UNEXPECTED_EOF_WHILE_READING: return GV_TLS_TRUNCATED;
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_BAD_PROTOCOL_VERSION_NUMBER: return GV_TLS_NOT_TLS;
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_LENGTH_TOO_LONG:
    case SSL_R_ENCRYPTED_LENGTH_TOO_LONG:
    case SSL_R_DATA_LENGTH_TOO_LONG: return GV_TLS_BAD_RECORD;
    default: return GV_TLS_OTHER;
    }
}

static int cause_of_error(gv_tls_failure *failure, unsigned long code, long verification) {
    int library = ERR_GET_LIB(code), reason = ERR_GET_REASON(code);
    if (library == ERR_LIB_X509 && reason == X509_R_KEY_VALUES_MISMATCH) return GV_TLS_KEY_MISMATCH;
    if (library != ERR_LIB_SSL) return GV_TLS_OTHER;
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED && verification != X509_V_OK)
        return cause_of_verification(verification);
    if (reason > ALERT_REASONS && reason <= ALERT_REASONS + 255) {
        failure->alert = reason - ALERT_REASONS;
        return cause_of_alert(failure->alert);
    }
    return cause_of_reason(reason);
}

static void add_text(gv_tls_failure *failure, const char *text) {
    size_t used = strlen(failure->text), room = sizeof failure->text - used;
    if (text == NULL || room < 4) return;
    if (used > 0) {
        strncat(failure->text, "; ", room - 1);
        room -= 2;
    }
    strncat(failure->text, text, room - 1);
}

void gv_tls_take_failure(gv_tls_failure *failure, long verification) {
    failure->cause = GV_TLS_OTHER;
    failure->alert = -1;
    failure->text[0] = 0;
    unsigned long code;
    // The oldest is nearest to the cause; those after it say what was given up because of it.
    while ((code = ERR_get_error()) != 0) {
        int cause = cause_of_error(failure, code, verification);
        if (failure->cause == GV_TLS_OTHER) failure->cause = cause;
        add_text(failure, ERR_reason_error_string(code));
        if (ERR_GET_LIB(code) == ERR_LIB_SSL
            && ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED)
            add_text(failure, X509_verify_cert_error_string(verification));
    }
}
