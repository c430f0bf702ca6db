// SPDX-License-Identifier: Apache-2.0

#ifndef GV_RIGHTS_H
#define GV_RIGHTS_H

#include <stddef.h>

// As many descriptors as the kernel lets one message carry (SCM_MAX_FD).
#define GV_RIGHTS_MAX 253

// sendmsg(2) of one piece with descriptors (SCM_RIGHTS), without SIGPIPE.
long gv_rights_send(int fd, const void *bytes, size_t count, const int *descriptors, size_t number);

// recvmsg(2) into one piece, with the descriptors that came, closed on exec. `*number` is how many
// there is room for, and then how many came; the kernel closes those beyond.
long gv_rights_receive(int fd, void *bytes, size_t count, int *descriptors, size_t *number);

// The process at the other end of a Unix socket (SO_PEERCRED).
long gv_rights_peer(int fd, int *process, unsigned *user, unsigned *group);

#endif
