// SPDX-License-Identifier: Apache-2.0
// dlopen(3) looks at who called it: the folders that the caller's file names (DT_RPATH, DT_RUNPATH) are searched too. By
// a stand-in the caller would be us, so we search those folders ourselves.
#include "gv_loader.h"
#include "gv_objects.h"
#include <dlfcn.h>
#include <gv_libc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct link_map *map_of(const void *address) {
    Dl_info info;
    void *map = 0;
    return dladdr1(address, &info, &map, RTLD_DL_LINKMAP) ? map : 0;
}

// All folders that are searched for the object, in order; the system's own are the last ones.
static Dl_serinfo *folders_of(struct link_map *map) {
    Dl_serinfo sizes;
    if (dlinfo(map, RTLD_DI_SERINFOSIZE, &sizes) != 0) return 0;
    Dl_serinfo *folders = malloc(sizes.dls_size);
    if (!folders) return 0;
    *folders = sizes;
    if (dlinfo(map, RTLD_DI_SERINFOSIZE, folders) == 0 && dlinfo(map, RTLD_DI_SERINFO, folders) == 0) return folders;
    free(folders);
    return 0;
}

// How many of the folders come from the object's file: those before what it has in common with the C library, which
// names none. The rest is the dynamic linker's affair, which knows a cache too.
static unsigned own_folders(const Dl_serinfo *folders, const Dl_serinfo *systems) {
    unsigned own = folders->dls_cnt, system = systems->dls_cnt;
    while (own > 0 && system > 0 &&
           strcmp(folders->dls_serpath[own - 1].dls_name, systems->dls_serpath[system - 1].dls_name) == 0)
        own--, system--;
    return own;
}

// The file in one of the folders; true if there is one, whose loading is then final.
static bool open_in(const Dl_serinfo *folders, unsigned count, const char *file, int mode, void **handle) {
    for (unsigned i = 0; i < count; i++) {
        char *path = 0;
        if (asprintf(&path, "%s/%s", folders->dls_serpath[i].dls_name, file) < 0) return false;
        bool exists = access(path, R_OK) == 0;
        if (exists) *handle = gv_loader.dlopen(path, mode);
        free(path);
        if (exists) return true;
    }
    return false;
}

static bool open_by_folders(struct link_map *map, const char *file, int mode, void **handle) {
    struct link_map *system = map_of((const void *)gv_libc.getaddrinfo);
    Dl_serinfo *folders = folders_of(map), *systems = system ? folders_of(system) : 0;
    bool is_found = folders && systems && open_in(folders, own_folders(folders, systems), file, mode, handle);
    free(folders);
    free(systems);
    return is_found;
}

void *gv_open_for(const void *caller, const char *file, int mode) {
    if (!file || !*file || strchr(file, '/') || (mode & RTLD_NOLOAD)) return gv_loader.dlopen(file, mode);
    struct link_map *map = map_of(caller);
    if (!map || map == map_of((const void *)gv_open_for)) return gv_loader.dlopen(file, mode);
    // What is loaded already, under whatever path, is not searched for.
    void *handle = gv_loader.dlopen(file, RTLD_LAZY | RTLD_NOLOAD);
    if (handle) {
        (void)gv_loader.dlclose(handle);
    } else if (open_by_folders(map, file, mode, &handle)) {
        return handle;
    }
    return gv_loader.dlopen(file, mode);
}
