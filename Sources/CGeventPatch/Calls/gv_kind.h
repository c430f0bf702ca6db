// SPDX-License-Identifier: Apache-2.0
// What a number of a descriptor stands for, as far as reading and writing differ by it.
//
// A kind is remembered by number, and may be out of date: whoever closes behind our back forgets nothing. That is why
// only two are ever trusted, and what either costs then: a *socket* is tried by recv or send, which a file that is none
// refuses with ENOTSOCK before anything happens; a short read of a *stream* is taken for whole, which of a regular file
// it would be too by read(2), only that callers rarely expect it. Everything else is asked anew.
#ifndef GV_KIND_H
#define GV_KIND_H

#include <stdint.h>

enum {
    GV_KIND_UNKNOWN = 0,
    GV_KIND_SOCKET,
    GV_KIND_STREAM,    // a pipe, or what the kernel made without a name: eventfd(2) and its like
    GV_KIND_STORED,    // a regular file, a folder, or a disk: always ready, and yet slow
    GV_KIND_DEVICE,    // a terminal, or another device of characters
};

enum { GV_KINDS_KEPT = 1 << 16 };

extern uint8_t gv_kinds[GV_KINDS_KEPT];

/// The kind that a number had when it was last asked, or GV_KIND_UNKNOWN.
static inline __attribute__((always_inline)) uint32_t gv_kind_kept(int fd) {
    return (uint32_t)fd < GV_KINDS_KEPT ? __atomic_load_n(&gv_kinds[fd], __ATOMIC_RELAXED) : GV_KIND_UNKNOWN;
}

/// Asks the kernel, and keeps the answer. GV_KIND_UNKNOWN if there is no such descriptor; `errno` is kept.
uint32_t gv_kind_ask(int fd);

/// The number is about to stand for something else.
static inline __attribute__((always_inline)) void gv_kind_forget(int fd) {
    if ((uint32_t)fd < GV_KINDS_KEPT) __atomic_store_n(&gv_kinds[fd], GV_KIND_UNKNOWN, __ATOMIC_RELAXED);
}

#endif
