// SPDX-License-Identifier: Apache-2.0
// The stand-ins by name. A process has some hundred thousand relocations, nearly all for names that are not wanted: two
// letters send most away.
#include "gv_objects.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

extern const gv_stand_in __start_gv_stand_ins[] __attribute__((weak, visibility("hidden")));
extern const gv_stand_in __stop_gv_stand_ins[] __attribute__((weak, visibility("hidden")));

enum { PLACES = 2048 };
static uint16_t places[PLACES];               // index of a stand-in, plus one
static uint8_t beginnings[256 * 256 / 8];     // a bit for each pair of first letters
static bool is_prepared;

size_t gv_stand_in_count(void) { return (size_t)(__stop_gv_stand_ins - __start_gv_stand_ins); }

const gv_stand_in *gv_stand_in_at(size_t index) {
    return index < gv_stand_in_count() ? &__start_gv_stand_ins[index] : 0;
}

static uint32_t beginning(const char *name) {
    uint8_t first = (uint8_t)name[0];
    return (uint32_t)first << 8 | (first ? (uint8_t)name[1] : 0);
}

// FNV-1a.
static uint32_t hash(const char *name) {
    uint32_t value = 2166136261u;
    for (; *name; name++) value = (value ^ (uint8_t)*name) * 16777619u;
    return value;
}

void gv_names_prepare(void) {
    if (is_prepared) return;
    is_prepared = true;
    size_t count = gv_stand_in_count();
    // Half of the places stay empty, so that a search ends.
    if (count > PLACES / 2) count = PLACES / 2;
    for (size_t i = 0; i < count; i++) {
        const char *name = gv_stand_in_at(i)->name;
        uint32_t pair = beginning(name), place = hash(name) % PLACES;
        beginnings[pair / 8] |= (uint8_t)(1u << pair % 8);
        while (places[place]) place = (place + 1) % PLACES;
        places[place] = (uint16_t)(i + 1);
    }
}

int32_t gv_names_find(const char *name) {
    uint32_t pair = beginning(name);
    if (!(beginnings[pair / 8] & 1u << pair % 8)) return -1;
    for (uint32_t place = hash(name) % PLACES; places[place]; place = (place + 1) % PLACES)
        if (strcmp(gv_stand_in_at(places[place] - 1u)->name, name) == 0) return places[place] - 1;
    return -1;
}

// A sanitizer that is linked into the program intercepts calls there: its functions stand for the C library's.
static bool is_sanitizer(const gv_object *owner, const gv_objects *objects) {
    static const char *const marks[] = {"__asan_init", "__tsan_init", "__msan_init", "__hwasan_init", "__lsan_init"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        void *mark = dlsym(RTLD_DEFAULT, marks[i]);
        if (mark && gv_objects_owner(objects, (uintptr_t)mark) == owner) return true;
    }
    return false;
}

static bool is_libcs(void *function, const gv_objects *objects) {
    const gv_object *owner = gv_objects_owner(objects, (uintptr_t)function);
    if (!owner) return false;
    if (owner->has_real_calls || is_sanitizer(owner, objects)) return true;
    // In a program with fixed addresses, the address of a function of another object is a stub in the program.
    Dl_info info;
    const ElfW(Sym) *symbol = 0;
    return dladdr1(function, &info, (void **)&symbol, RTLD_DL_SYMENT) && symbol && symbol->st_shndx == SHN_UNDEF;
}

const gv_real *gv_reals(const gv_objects *objects) {
    // No lock could be held here (gv_objects.h), so whoever is first keeps its list.
    static gv_real *known;
    gv_real *reals = __atomic_load_n(&known, __ATOMIC_ACQUIRE), *expected = 0;
    if (reals) return reals;
    size_t count = gv_stand_in_count();
    reals = calloc(count + 1, sizeof(gv_real));
    if (!reals) abort();
    for (size_t i = 0; i < count; i++) {
        reals[i].function = dlsym(RTLD_DEFAULT, gv_stand_in_at(i)->name);
        reals[i].is_libcs = reals[i].function && is_libcs(reals[i].function, objects);
    }
    // A name that nobody has leaves an error behind, which the program would take for one of its own.
    (void)dlerror();
    if (__atomic_compare_exchange_n(&known, &expected, reals, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return reals;
    free(reals);
    return expected;
}

void *gv_patch_original(const char *call) {
    for (size_t i = 0; i < gv_stand_in_count(); i++)
        if (strcmp(gv_stand_in_at(i)->name, call) == 0) return dlsym(RTLD_DEFAULT, call);
    return 0;
}
