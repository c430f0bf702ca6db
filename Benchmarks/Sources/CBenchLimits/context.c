// SPDX-License-Identifier: Apache-2.0
#include "bench_context.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

char *stacks_map(size_t count, size_t size) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
    char *stacks = mmap(NULL, count * size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (stacks == MAP_FAILED) {
        perror("bench: mmap");
        exit(1);
    }
    madvise(stacks, count * size, MADV_NOHUGEPAGE);
    return stacks;
}

char *stacks_top(char *stacks, size_t size, long index) {
    return stacks + ((size_t)index + 1) * size - (size_t)(index % 12) * 128;
}
