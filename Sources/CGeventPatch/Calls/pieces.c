// SPDX-License-Identifier: Apache-2.0
#include "gv_pieces.h"
#include <stdlib.h>
#include <string.h>

size_t gv_pieces_sum(const struct iovec *list, size_t count) {
    size_t bytes = 0;
    for (size_t index = 0; index < count; index++) {
        if (list[index].iov_len >= GV_MOST_BYTES - bytes) return GV_MOST_BYTES;
        bytes += list[index].iov_len;
    }
    return bytes;
}

bool gv_pieces_take(gv_pieces *pieces, const struct iovec *list, size_t count) {
    pieces->copy = count > GV_PIECES_NEAR ? malloc(count * sizeof *list) : 0;
    if (count > GV_PIECES_NEAR && !pieces->copy) return false;
    pieces->first = pieces->copy ? pieces->copy : pieces->near;
    if (count) memcpy(pieces->first, list, count * sizeof *list);
    pieces->count = count;
    pieces->bytes = gv_pieces_sum(list, count);
    return true;
}

void gv_pieces_advance(gv_pieces *pieces, size_t bytes) {
    pieces->bytes -= bytes;
    while (pieces->count && bytes >= pieces->first->iov_len) {
        bytes -= pieces->first->iov_len;
        pieces->first++;
        pieces->count--;
    }
    if (!pieces->count) return;
    pieces->first->iov_base = (char *)pieces->first->iov_base + bytes;
    pieces->first->iov_len -= bytes;
}

void gv_pieces_drop(gv_pieces *pieces) { free(pieces->copy); }
