// SPDX-License-Identifier: Apache-2.0

#ifndef GV_RESULT_H
#define GV_RESULT_H

#include <errno.h>

// What every wrapper returns: the result of a call, or the negative error number.
static inline long gv_result(long value) {
    return value == -1 ? -(long)errno : value;
}

// The error number the last failed call of this thread left. For code between two foreign calls;
// the wrappers here need no such look.
static inline int gv_errno_get(void) {
    return errno;
}

// Puts an error number back, for code that must not be noticed (signal handlers, replaced calls).
static inline void gv_errno_set(int number) {
    errno = number;
}

// NULL for a number the C library does not know; else a string that is never freed.
const char *gv_error_name(int number);
const char *gv_error_description(int number);

#endif
