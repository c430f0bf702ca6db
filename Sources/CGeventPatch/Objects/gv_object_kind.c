// SPDX-License-Identifier: Apache-2.0
// Which objects are left alone, by the names of their files.
#include "gv_objects.h"
#include <string.h>

// The C library in its parts (one, since glibc 2.34), and what stands in front of it.
static const char *const libc[] = {
    "libc.so",      "libc-2.",  "libpthread.so", "libpthread-2.", "libdl.so",    "libdl-2.",  "librt.so",
    "librt-2.",     "libm.so",  "libm-2.",       "libanl.so",     "libanl-2.",   "ld-linux",  "ld-2.",
    "linux-vdso",   "libasan.", "libtsan.",      "liblsan.",      "libhwasan.",  "libubsan.", "libclang_rt.",
};

// Runtimes, but not the library of C++, in which its threads begin and its files are read: what they wait for is their own affair, and they are called in the middle of a switch.
static const char *const runtimes[] = {
    "libswift", "libdispatch.", "libBlocksRuntime.", "libc++abi.", "libgcc_s.", "libunwind.",
};

static bool begins(const char *name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strncmp(name, list[i], strlen(list[i])) == 0) return true;
    return false;
}

void gv_object_classify(gv_object *object) {
    const char *name = gv_file_name(object->path);
    bool is_libc = begins(name, libc, sizeof(libc) / sizeof(*libc));
    object->is_left_alone = is_libc || begins(name, runtimes, sizeof(runtimes) / sizeof(*runtimes));
    // Old name resolvers have calls of their own to replace, and are to be patched like any other.
    object->has_real_calls = is_libc || begins(name, (const char *const[]){"libresolv"}, 1);
}
