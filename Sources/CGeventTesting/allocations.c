// SPDX-License-Identifier: Apache-2.0
// The allocator's functions under their own names, which every library that the program has loaded finds before the C
// library's: they count, and hand on to whoever would have been called without them. Memory is given back without
// coming here. Functions of the C library that are not here, such as reallocarray, come here by themselves.
#define _GNU_SOURCE
#include "gv_allocations.h"

static __thread gv_allocation_counts counts __attribute__((tls_model("initial-exec")));

gv_allocation_counts gv_allocations_here(void) { return counts; }

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
// They bring an allocator of their own, which has to be the first.
#define GV_HAS_OTHER_ALLOCATOR
#endif

#ifndef GV_HAS_OTHER_ALLOCATOR
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

// Kept by the linker though nothing in the program itself may call it.
#define FOUND_BY_ALL __attribute__((visibility("default"), used, noinline))

// glibc's own, for calls that come while the next one is looked for.
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static __thread bool is_searching __attribute__((tls_model("initial-exec")));

// The next function of a name: another allocator may stand between this program and glibc's (LD_PRELOAD), and is then
// the one that has to free what is allocated here. Libraries allocate as they are loaded, so the first call looks.
static __attribute__((noinline)) void *search(void **place, const char *name, void *meanwhile) {
    if (is_searching) return meanwhile;
    is_searching = true;
    void *found = dlsym(RTLD_NEXT, name);
    is_searching = false;
    if (!found) found = meanwhile;
    __atomic_store_n(place, found, __ATOMIC_RELAXED);
    return found;
}

static inline __attribute__((always_inline)) void *next(void **place, const char *name, void *meanwhile) {
    void *found = __atomic_load_n(place, __ATOMIC_RELAXED);
    return __builtin_expect(found != 0, 1) ? found : search(place, name, meanwhile);
}

static inline __attribute__((always_inline)) void *count(void *memory, size_t size) {
    if (__builtin_expect(memory != 0, 1)) {
        counts.calls++;
        counts.bytes += size;
    }
    return memory;
}

static int align_by_libc(void **memory, size_t alignment, size_t size) {
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

FOUND_BY_ALL void *malloc(size_t size) {
    static void *place;
    void *(*call)(size_t) = next(&place, "malloc", __libc_malloc);
    return count(call(size), size);
}

FOUND_BY_ALL void *calloc(size_t items, size_t size) {
    static void *place;
    void *(*call)(size_t, size_t) = next(&place, "calloc", __libc_calloc);
    return count(call(items, size), items * size);
}

FOUND_BY_ALL void *realloc(void *memory, size_t size) {
    static void *place;
    void *(*call)(void *, size_t) = next(&place, "realloc", __libc_realloc);
    return count(call(memory, size), size);
}

FOUND_BY_ALL void *memalign(size_t alignment, size_t size) {
    static void *place;
    void *(*call)(size_t, size_t) = next(&place, "memalign", __libc_memalign);
    return count(call(alignment, size), size);
}

FOUND_BY_ALL void *aligned_alloc(size_t alignment, size_t size) {
    static void *place;
    void *(*call)(size_t, size_t) = next(&place, "aligned_alloc", __libc_memalign);
    return count(call(alignment, size), size);
}

FOUND_BY_ALL int posix_memalign(void **memory, size_t alignment, size_t size) {
    static void *place;
    int (*call)(void **, size_t, size_t) = next(&place, "posix_memalign", align_by_libc);
    int failure = call(memory, alignment, size);
    if (failure == 0) count(*memory, size);
    return failure;
}
#endif
