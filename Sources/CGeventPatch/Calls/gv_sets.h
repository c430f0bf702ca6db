// SPDX-License-Identifier: Apache-2.0
// The three sets of select(2): copies to look with, since each look destroys them, and a list to wait by.
#ifndef GV_SETS_H
#define GV_SETS_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

enum { GV_SETS_NEAR = 3 * 1024 / 8 };

/// Readable, writable, exceptional: in this order everywhere.
typedef struct gv_sets {
    int count;                   // numbers below it are looked at
    size_t bytes;                // of one set
    void *own[3];                // the caller's; NULL for none
    unsigned char *asked;        // what was asked for: three sets in a row
    unsigned char *found;        // what a look leaves
    unsigned char near[2][GV_SETS_NEAR];
} gv_sets;

/// Copies the caller's sets; false if there is no memory. `gv_sets_drop` ends it.
bool gv_sets_take(gv_sets *sets, int count, void *const own[3]);

/// A set of `found`, after it was made what is asked for; NULL where the caller has none.
void *gv_sets_fresh(gv_sets *sets, int which);

/// Gives the caller what a look has left.
void gv_sets_give(const gv_sets *sets);

/// One entry for each number that is in a set. `free` it; NULL if there is no memory.
struct pollfd *gv_sets_entries(const gv_sets *sets, size_t *count);

void gv_sets_drop(gv_sets *sets);

#endif
