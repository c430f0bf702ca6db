// SPDX-License-Identifier: Apache-2.0
// What a socket's stand-in does when the try without blocking was not the end of it.
#ifndef GV_SOCKET_WAITS_H
#define GV_SOCKET_WAITS_H

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/types.h>

/// Goes on receiving after a try that said EAGAIN (`first` is -1), or gave a part of what MSG_WAITALL asks for.
///
/// `fresh` says where everything goes; `message` has the same, but what the kernel has told of the parts so far.
/// `before` is what `errno` was, and is again after a success.
ssize_t gv_receive_on(
    int fd, struct msghdr *message, const struct msghdr *fresh, int flags, ssize_t first, int before);

/// Goes on sending after a try that said EAGAIN (`first` is -1), or took a part.
ssize_t gv_send_on(int fd, const struct msghdr *message, int flags, ssize_t first, int before);

/// Whether nothing more can come of a socket but its error, which is left for the next call to tell, as the kernel
/// leaves it when a call has moved a part.
bool gv_is_spent_receiving(int fd);
bool gv_is_spent_sending(int fd);

/// Whether a received message brought descriptors.
bool gv_carries_files(const struct msghdr *message);

#endif
