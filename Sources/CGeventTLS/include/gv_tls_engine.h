// SPDX-License-Identifier: Apache-2.0

#ifndef GV_TLS_ENGINE_H
#define GV_TLS_ENGINE_H

#include "gv_tls_context.h"
#include "gv_tls_failure.h"
#include "gv_tls_identity.h"
#include <stddef.h>
#include <stdint.h>

struct ssl_st;
struct ssl_session_st;
struct bio_st;

// What a step came to.
enum {
    GV_TLS_DONE,
    GV_TLS_WANTS_INPUT,
    GV_TLS_WANTS_IDENTITY,
    GV_TLS_ENDED,
    GV_TLS_FAILED,
};

// One side of a connection, which reads and writes memory only. Each function forgets older errors
// first and takes its own at once.
typedef struct gv_tls {
    struct ssl_st *ssl;
    struct bio_st *input;
    struct bio_st *output;
    // The newest session that can be resumed.
    struct ssl_session_st *session;
    // Of the last step that failed.
    gv_tls_failure failure;
    uint8_t pauses_for_name;
    uint8_t has_seen_hello;
    uint8_t has_input_ended;
    // That the client asks for, or that the server was asked for.
    char name[256];
} gv_tls;

// Returns 1, or 0 and says why.
int gv_tls_init(gv_tls *tls, const gv_tls_context *context, gv_tls_failure *failure);
void gv_tls_end(gv_tls *tls);

// For clients, before the handshake: whom the certificate has to name. An address is in numbers.
int gv_tls_expect_host(gv_tls *tls, const char *name, int is_address, int is_verified);

int gv_tls_handshake(gv_tls *tls);

// Answers GV_TLS_WANTS_IDENTITY; the handshake goes on with the next step.
int gv_tls_use_identity(gv_tls *tls, const gv_tls_identity *identity);

// Whether a read is worth a try: 0 says that it would want input.
int gv_tls_may_read(const gv_tls *tls);

int gv_tls_read(gv_tls *tls, void *room, size_t size, size_t *count);
int gv_tls_write(gv_tls *tls, const void *bytes, size_t size, size_t *count);

// Says that nothing more will be written.
int gv_tls_shut_down(gv_tls *tls);

// Begins to write with new keys, and asks the peer to do so too. TLS 1.3 only.
int gv_tls_update_keys(gv_tls *tls);

// Bytes from the peer; 0 when there is no memory for them.
int gv_tls_feed(gv_tls *tls, const void *bytes, size_t count);
// The peer will send no more.
void gv_tls_feed_end(gv_tls *tls);
size_t gv_tls_input_count(const gv_tls *tls);
size_t gv_tls_take_input(gv_tls *tls, void *room, size_t size);

// Bytes for the peer.
size_t gv_tls_output_count(const gv_tls *tls);
size_t gv_tls_take_output(gv_tls *tls, void *room, size_t size);

// Gives back what the larger records have taken, where nothing is under way.
void gv_tls_trim(gv_tls *tls);

// The session to resume, whose reference the caller keeps.
int gv_tls_set_session(gv_tls *tls, struct ssl_session_st *session);
// A reference to the newest session that can be resumed, for the caller; or nil.
struct ssl_session_st *gv_tls_copy_session(const gv_tls *tls);
void gv_tls_session_free(struct ssl_session_st *session);

#endif
