// SPDX-License-Identifier: Apache-2.0
#ifndef GV_DISPATCH_PROBE_H
#define GV_DISPATCH_PROBE_H

#include <stdbool.h>
#include <stddef.h>

/// What `dispatch_sync` keeps on the stack: where the thread was before.
typedef struct gv_dispatch_frame {
    void *queue;
    struct gv_dispatch_frame *previous;
} gv_dispatch_frame;

typedef struct gv_dispatch_probe {
    char *block;        // libdispatch's thread-local data of the calling thread
    size_t words;
    ptrdiff_t distance; // of the block, from the thread's own address
    size_t queue_word, frame_word;
    bool is_right;
} gv_dispatch_probe;

/// Finds the block of the calling thread.
bool gv_dispatch_block(gv_dispatch_probe *probe);

/// The body of the thread that tries; `probe` is a gv_dispatch_probe.
void *gv_dispatch_try(void *probe);

#endif
