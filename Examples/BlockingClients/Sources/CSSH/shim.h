// SPDX-License-Identifier: Apache-2.0
#include <libssh2.h>

// Macros of the library's that Swift cannot see.
static inline LIBSSH2_CHANNEL *ssh_open_session(LIBSSH2_SESSION *session) {
    return libssh2_channel_open_session(session);
}
