// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_symbol.h"
#include "elf_names.h"
#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// By the runtimes that are in the process anyway; a program without C++ has none of the second.
extern char *swift_demangle(const char *, size_t, char *, size_t *, uint32_t) __attribute__((weak));
extern char *__cxa_demangle(const char *, char *, size_t *, int *) __attribute__((weak));

// The object that an address lies in; NULL for code that was made at run time.
static const struct link_map *object_of(const void *address) {
#if defined(DLFO_STRUCT_HAS_EH_DBASE)
    struct dl_find_object found;
    return _dl_find_object((void *)address, &found) == 0 ? found.dlfo_link_map : 0;
#else
    Dl_info info;
    struct link_map *map = 0;
    return dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) ? map : 0;
#endif
}

static bool begins(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static bool is_c_library(const char *path) {
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    return begins(file, "libc.so") || begins(file, "libc-2.") || begins(file, "libpthread") || begins(file, "librt.so")
        || begins(file, "ld-linux") || begins(file, "linux-vdso");
}

void gv_symbol_find(const void *address, gv_symbol *symbol) {
    memset(symbol, 0, sizeof *symbol);
    symbol->object_offset = (uint64_t)address;
    const struct link_map *map = object_of(address);
    if (!map) return;
    symbol->object_offset = (uint64_t)address - map->l_addr;
    if (map->l_name && map->l_name[0]) {
        strncpy(symbol->object, map->l_name, sizeof symbol->object - 1);
    } else if (readlink("/proc/self/exe", symbol->object, sizeof symbol->object - 1) < 0) {
        symbol->object[0] = 0;
    }
    symbol->is_c_library = is_c_library(symbol->object);
    // By the link, which leads to the program also where its file has another name by now.
    const char *path = map->l_name && map->l_name[0] ? symbol->object : "/proc/self/exe";
    gv_elf_name(path, symbol->object_offset, symbol->name, sizeof symbol->name, &symbol->name_offset);
}

char *gv_symbol_demangle(const char *name) {
    if ((begins(name, "$s") || begins(name, "_$s")) && swift_demangle) {
        return swift_demangle(name, strlen(name), 0, 0, 0);
    }
    int status = 0;
    if (begins(name, "_Z") && __cxa_demangle) return __cxa_demangle(name, 0, 0, &status);
    return 0;
}

void gv_symbol_free(char *name) { free(name); }
