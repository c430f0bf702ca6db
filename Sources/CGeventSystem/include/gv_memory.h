// SPDX-License-Identifier: Apache-2.0

#ifndef GV_MEMORY_H
#define GV_MEMORY_H

#include "gv_result.h"
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>

// Linux 6.13; the C library's headers may be older than the kernel.
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef MADV_GUARD_REMOVE
#define MADV_GUARD_REMOVE 103
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

// Private anonymous memory, reserved but not committed. `*base` is set on success only.
static inline long gv_memory_map(void **base, size_t size) {
    void *address = mmap((void *)0, size, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (address == MAP_FAILED)
        return -(long)errno;
    *base = address;
    return 0;
}

static inline long gv_memory_unmap(void *base, size_t size) {
    return gv_result(munmap(base, size));
}

static inline long gv_memory_protect(void *base, size_t size, int protection) {
    return gv_result(mprotect(base, size, protection));
}

static inline long gv_memory_advise(void *base, size_t size, int advice) {
    return gv_result(madvise(base, size, advice));
}

static inline long gv_memory_residence(void *base, size_t size, unsigned char *pages) {
    return gv_result(mincore(base, size, pages));
}

// The name appears in /proc/<pid>/maps as [anon:<name>].
static inline long gv_memory_name(void *base, size_t size, const char *name) {
    return gv_result(prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, base, size, name));
}

#endif
