// SPDX-License-Identifier: Apache-2.0

#ifndef CGEVENT_TLS_H
#define CGEVENT_TLS_H

// OpenSSL, as far as GeventTLS uses it. No header of OpenSSL is seen from Swift: its macros would
// not arrive there, and every name of it would.

#include "gv_tls_context.h"
#include "gv_tls_engine.h"
#include "gv_tls_failure.h"
#include "gv_tls_identity.h"
#include "gv_tls_peer.h"

#endif
