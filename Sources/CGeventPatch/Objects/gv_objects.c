// SPDX-License-Identifier: Apache-2.0
#include "gv_objects.h"
#include <dlfcn.h>
#include <gv_libc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *gv_file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static char program[4096];

static void read_program_path(void) {
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (length > 0) program[length] = 0;
}

static const char *program_path(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)gv_libc.pthread_once(&once, read_program_path);
    return program;
}

const char *gv_object_path(const struct dl_phdr_info *info) {
    return info->dlpi_name && info->dlpi_name[0] ? info->dlpi_name : program_path();
}

static void measure(gv_object *object, const struct dl_phdr_info *info) {
    object->low = UINTPTR_MAX;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type != PT_LOAD) continue;
        uintptr_t from = info->dlpi_addr + header->p_vaddr;
        if (from < object->low) object->low = from;
        if (from + header->p_memsz > object->high) object->high = from + header->p_memsz;
    }
}

static int add(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    gv_objects *objects = context;
    // Grown by doubling, at each power of two.
    if ((objects->count & (objects->count - 1)) == 0) {
        size_t room = objects->count ? objects->count * 2 : 1;
        objects->list = realloc(objects->list, room * sizeof(gv_object));
        if (!objects->list) abort();
    }
    gv_object *object = &objects->list[objects->count++];
    *object = (gv_object){.base = info->dlpi_addr, .path = strdup(gv_object_path(info))};
    if (!object->path) abort();
    measure(object, info);
    gv_object_classify(object);
    objects->loads = info->dlpi_adds;
    objects->unloads = info->dlpi_subs;
    return 0;
}

void gv_objects_list(gv_objects *objects) {
    *objects = (gv_objects){0};
    dl_iterate_phdr(add, objects);
    // An object is listed before it is relocated. Another thread loads it under the dynamic linker's great lock; once
    // we have had that, it is done with all that we have listed.
    Dl_info nothing;
    (void)dladdr((void *)(uintptr_t)gv_objects_list, &nothing);
}

void gv_objects_free(gv_objects *objects) {
    for (size_t i = 0; i < objects->count; i++) free(objects->list[i].path);
    free(objects->list);
    *objects = (gv_objects){0};
}

const gv_object *gv_objects_owner(const gv_objects *objects, uintptr_t address) {
    for (size_t i = 0; i < objects->count; i++)
        if (address >= objects->list[i].low && address < objects->list[i].high) return &objects->list[i];
    return 0;
}

const gv_object *gv_objects_find(const gv_objects *objects, const struct dl_phdr_info *info, size_t hint) {
    const char *path = gv_object_path(info);
    for (size_t i = 0; i < objects->count; i++) {
        const gv_object *object = &objects->list[(hint + i) % objects->count];
        if (object->base == info->dlpi_addr && strcmp(object->path, path) == 0) return object;
    }
    return 0;
}
