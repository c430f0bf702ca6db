// SPDX-License-Identifier: Apache-2.0
#ifndef BENCH_TLS_H
#define BENCH_TLS_H

/// Nanoseconds for both sides of a TLS 1.3 handshake, passed through memory; the client verifies.
double limit_tls_handshake(const char *certificate_file, const char *key_file, long count);

#endif
