// SPDX-License-Identifier: Apache-2.0
// A list of memory pieces that is worked off in parts. The caller's own list is never changed.
#ifndef GV_PIECES_H
#define GV_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/// The kernel moves at most so many bytes in one call, and so do we.
enum { GV_MOST_BYTES = 0x7FFFF000 };

enum { GV_PIECES_NEAR = 8 };

/// What is left of a list.
typedef struct gv_pieces {
    struct iovec *first;
    size_t count;
    size_t bytes;                        // in all that are left
    struct iovec *copy;                  // for `free`; NULL if it fits into `near`
    struct iovec near[GV_PIECES_NEAR];
} gv_pieces;

/// Bytes of a list, at most GV_MOST_BYTES.
size_t gv_pieces_sum(const struct iovec *list, size_t count);

/// Copies a list that the kernel has accepted; false if there is no memory. `gv_pieces_drop` ends it.
bool gv_pieces_take(gv_pieces *pieces, const struct iovec *list, size_t count);

/// So many bytes of it are done.
void gv_pieces_advance(gv_pieces *pieces, size_t bytes);

void gv_pieces_drop(gv_pieces *pieces);

#endif
