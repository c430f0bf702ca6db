// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_FAILURE_H
#define GV_TLS_FAILURE_H

#include <stdint.h>

// What went wrong, as far as it makes a difference to whoever handles it.
enum {
    GV_TLS_OTHER,
    GV_TLS_EXPIRED,
    GV_TLS_NOT_YET_VALID,
    GV_TLS_SELF_SIGNED,
    GV_TLS_UNKNOWN_AUTHORITY,
    GV_TLS_HOST_MISMATCH,
    GV_TLS_REVOKED,
    GV_TLS_CERTIFICATE_REJECTED,
    GV_TLS_NO_CERTIFICATE,
    GV_TLS_NO_COMMON_PROTOCOL,
    GV_TLS_NO_COMMON_VERSION,
    GV_TLS_NO_COMMON_CIPHER,
    GV_TLS_TRUNCATED,
    GV_TLS_NOT_TLS,
    GV_TLS_BAD_RECORD,
    GV_TLS_PEER_ALERT,
    GV_TLS_KEY_MISMATCH,
};

// A failed call. OpenSSL keeps errors per thread, not per connection, so this is filled in by the
// same function that made the call.
typedef struct gv_tls_failure {
    int32_t cause;
    // The number of the alert that the peer sent; -1 without one.
    int32_t alert;
    char text[248];
} gv_tls_failure;

// Forgets the errors of earlier calls on this thread.
void gv_tls_forget_failures(void);

// Takes the errors of the call just made. `verification` is that of the connection, or 0.
void gv_tls_take_failure(gv_tls_failure *failure, long verification);

#endif
