// SPDX-License-Identifier: Apache-2.0
// The stand-ins by name. A process has some hundred thousand relocations, nearly all for names that are not wanted: two
// letters send most away.
#include "gv_objects.h"
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
