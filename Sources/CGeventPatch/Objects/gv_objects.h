// SPDX-License-Identifier: Apache-2.0
// The loaded objects of the process, and the slots in them.
//
// Order of locks: the patch's own before the one that dl_iterate_phdr(3) takes, and never before the dynamic linker's
// great one, which dlopen(3), dlsym(3) and dladdr(3) take: constructors run under that, and may load, and so patch.
#ifndef GV_OBJECTS_H
#define GV_OBJECTS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "../include/gv_patch.h"
#include <link.h>

/// One loaded object, as it was when the list was made.
typedef struct gv_object {
    uintptr_t base;
    uintptr_t low, high;   // its addresses, from the first to behind the last
    char *path;
    bool is_left_alone;
    bool has_real_calls;   // the C library, or a sanitizer in front of it
} gv_object;

typedef struct gv_objects {
    gv_object *list;
    size_t count;
    unsigned long long loads, unloads;   // the dynamic linker's counts, by which a change is seen
} gv_objects;

/// Lists the loaded objects. On return each of them is relocated and protected, or gone.
void gv_objects_list(gv_objects *objects);
void gv_objects_free(gv_objects *objects);
/// The object that `address` lies in, or NULL.
const gv_object *gv_objects_owner(const gv_objects *objects, uintptr_t address);
/// The listed object that dl_iterate_phdr tells of, or NULL; `hint` is where to look first.
const gv_object *gv_objects_find(const gv_objects *objects, const struct dl_phdr_info *info, size_t hint);
/// The path of an object; that of the program is read from /proc once.
const char *gv_object_path(const struct dl_phdr_info *info);
const char *gv_file_name(const char *path);
/// Sets what follows from the file's name.
void gv_object_classify(gv_object *object);

/// Where an object has its relocations, and what may be written in it.
typedef struct gv_image {
    uintptr_t base, low, high;
    const ElfW(Phdr) *headers;
    size_t header_count;
    uintptr_t relro_low, relro_high;   // whole pages that were made read-only after relocation
    const ElfW(Sym) *symbols;
    const char *strings;
    uint32_t defined_from;             // the first symbol that the object has itself
    const ElfW(Rela) *tables[2];
    size_t counts[2];
} gv_image;

/// False for an object that has no relocations by name.
bool gv_image_read(gv_image *image, const struct dl_phdr_info *info);

enum { GV_MEMORY_NONE, GV_MEMORY_FIXED, GV_MEMORY_RELRO, GV_MEMORY_WRITABLE };
/// What the word at `address` lies in.
uint32_t gv_image_memory(const gv_image *image, uintptr_t address);

/// A word that refers to the function of a stand-in.
typedef struct gv_found {
    void **word;
    uint32_t call;       // index of the stand-in
    bool is_data;        // the object's own data, which its code may have changed
} gv_found;

/// Tells of each slot for one of the stand-ins. `gv_names_prepare` must have run.
void gv_image_search(const gv_image *image, void (*found)(const gv_found *, void *), void *context);

/// Builds the look-up by name; under the lock.
void gv_names_prepare(void);
/// The index of a stand-in, or -1.
int32_t gv_names_find(const char *name);

/// What the dynamic linker finds for a call.
typedef struct gv_real {
    void *function;      // NULL: nobody has it
    bool is_libcs;       // and not that of another object
} gv_real;

/// The real functions, by index of the stand-in. Takes the dynamic linker's lock the first time.
const gv_real *gv_reals(const gv_objects *objects);

#endif
