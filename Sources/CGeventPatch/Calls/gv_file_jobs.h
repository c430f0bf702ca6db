// SPDX-License-Identifier: Apache-2.0
// Reads and writes of what is stored, on a thread of the pool.
#ifndef GV_FILE_JOBS_H
#define GV_FILE_JOBS_H

#include "gv_pieces.h"
#include <stdint.h>

/// At the file's own position.
enum { GV_AT_POSITION = -1 };

/// Makes the real call for the pieces, and waits for it to its end, whatever strikes: the memory is the caller's.
/// Its result, and its `errno`, which a success leaves alone.
ssize_t gv_file_read(int fd, const struct iovec *pieces, size_t count, int64_t offset);
ssize_t gv_file_write(int fd, const struct iovec *pieces, size_t count, int64_t offset);

#endif
