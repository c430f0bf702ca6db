// SPDX-License-Identifier: Apache-2.0
// What lies at an address of the program's code.
#ifndef GV_SYMBOL_H
#define GV_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

/// The code at an address.
typedef struct gv_symbol {
    char object[512];        // the file; empty if no file is known
    char name[1024];         // as the linker knows it; empty if it does not
    uint64_t object_offset;  // how far the address lies in the object
    uint64_t name_offset;    // and in the function
    bool is_c_library;       // the object is the C library or the dynamic linker
} gv_symbol;

/// Finds what lies at an address, by the tables of the object's file. Takes no lock of the dynamic linker where the C
/// library can do without (2.35 on), since the thread that is asked about may hold it.
void gv_symbol_find(const void *address, gv_symbol *symbol);

/// The name as people write it, for `gv_symbol_free`; NULL if it is so already.
char *gv_symbol_demangle(const char *name);

/// Frees such a name.
void gv_symbol_free(char *name);

#endif
