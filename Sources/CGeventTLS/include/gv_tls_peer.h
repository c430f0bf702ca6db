// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_PEER_H
#define GV_TLS_PEER_H

#include "gv_tls_engine.h"
#include <stddef.h>
#include <stdint.h>

struct x509_st;

// What was agreed upon, once the handshake is done. Texts live as long as the process.
int gv_tls_version(const gv_tls *tls);
const char *gv_tls_cipher(const gv_tls *tls);
int gv_tls_is_resumed(const gv_tls *tls);
// Lives as long as the connection.
void gv_tls_protocol(const gv_tls *tls, const uint8_t **name, uint32_t *count);

// The peer's certificate, a reference for the caller; or nil.
struct x509_st *gv_tls_copy_certificate(const gv_tls *tls);
void gv_tls_certificate_free(struct x509_st *certificate);

// The functions call `take` with bytes that are lent for the call.
typedef void (*gv_tls_taker)(const void *bytes, size_t count, void *receiver);
void gv_tls_certificate_bytes(struct x509_st *certificate, gv_tls_taker take, void *receiver);
void gv_tls_certificate_subject(struct x509_st *certificate, gv_tls_taker take, void *receiver);
// Each name of a host that the certificate is for.
void gv_tls_certificate_hosts(struct x509_st *certificate, gv_tls_taker take, void *receiver);
// Each address that the certificate is for: 4 or 16 bytes.
void gv_tls_certificate_addresses(struct x509_st *certificate, gv_tls_taker take, void *receiver);

#endif
