// SPDX-License-Identifier: Apache-2.0
// Counts of what a thread has asked the C library's allocator for, by functions that stand before its own.
#ifndef GV_ALLOCATIONS_H
#define GV_ALLOCATIONS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Allocations since the thread began: calls that were answered by memory, and the bytes asked for.
typedef struct gv_allocation_counts {
    uint64_t calls;
    uint64_t bytes;
} gv_allocation_counts;

/// Those of the calling thread.
gv_allocation_counts gv_allocations_here(void);

#ifdef __cplusplus
}
#endif
#endif
