// SPDX-License-Identifier: Apache-2.0
#ifndef BENCH_CONTEXT_H
#define BENCH_CONTEXT_H

#include <stddef.h>

// The library's own switch, which is linked in with it: its header is no part of what it offers.
void gv_context_swap(void **save, void *load);
void *gv_context_make(void *top, void (*entry)(void *), void *argument);

/// Room for `count` stacks in one mapping, taken from the system as it is touched.
char *stacks_map(size_t count, size_t size);

/// The high end of the stack with this index. Tops differ in their place within a page: else they
/// would share one set of the cache.
char *stacks_top(char *stacks, size_t size, long index);

#endif
