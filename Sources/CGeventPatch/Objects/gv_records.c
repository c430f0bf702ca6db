// SPDX-License-Identifier: Apache-2.0
#include "gv_records.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static gv_record *records;

static void *grown(void *list, size_t count, size_t *room, size_t size) {
    if (count < *room) return list;
    *room = *room ? *room * 2 : 16;
    list = realloc(list, *room * size);
    if (!list) abort();
    return list;
}

gv_record *gv_record_of(const struct dl_phdr_info *info, bool makes) {
    const char *path = gv_object_path(info);
    for (gv_record *record = records; record; record = record->next)
        if (record->base == info->dlpi_addr && strcmp(record->path, path) == 0) return record;
    if (!makes) return 0;
    gv_record *record = calloc(1, sizeof(gv_record));
    if (!record || !(record->path = strdup(path))) abort();
    record->base = info->dlpi_addr;
    record->next = records;
    records = record;
    return record;
}

void gv_records_forget(uint64_t seen) {
    for (gv_record **link = &records; *link;) {
        gv_record *record = *link;
        if (record->seen == seen) {
            link = &record->next;
            continue;
        }
        *link = record->next;
        free(record->path);
        free(record->slots);
        free(record);
    }
}

void gv_record_add(gv_record *record, gv_slot slot) {
    record->slots = grown(record->slots, record->count, &record->room, sizeof(gv_slot));
    record->slots[record->count++] = slot;
}

void gv_record_verify(gv_record *record, const gv_image *image) {
    size_t kept = 0;
    for (size_t i = 0; i < record->count; i++) {
        gv_slot slot = record->slots[i];
        bool holds = gv_image_memory(image, (uintptr_t)slot.word) != GV_MEMORY_NONE &&
                     __atomic_load_n(slot.word, __ATOMIC_RELAXED) == gv_stand_in_at(slot.call)->function;
        if (holds) record->slots[kept++] = slot;
    }
    if (kept != record->count) record->version = 0;
    record->count = kept;
}

void gv_changes_add(gv_changes *changes, gv_change change) {
    changes->list = grown(changes->list, changes->count, &changes->room, sizeof(gv_change));
    changes->list[changes->count++] = change;
}

// All read-only words of an object lie in one run of pages, so it takes one opening and one closing.
int gv_changes_make(const gv_changes *changes) {
    uintptr_t low = UINTPTR_MAX, high = 0, page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (size_t i = 0; i < changes->count; i++) {
        uintptr_t word = (uintptr_t)changes->list[i].slot.word;
        if (changes->list[i].memory != GV_MEMORY_RELRO) continue;
        if (word < low) low = word;
        if (word > high) high = word;
    }
    int error = 0;
    bool opens = high != 0;
    low &= ~(page - 1);
    size_t size = (high & ~(page - 1)) + page - low;
    if (opens && mprotect((void *)low, size, PROT_READ | PROT_WRITE) != 0) error = errno;
    for (size_t i = 0; i < changes->count; i++) {
        const gv_change *change = &changes->list[i];
        if (change->memory == GV_MEMORY_RELRO && error) continue;
        // Other threads call by the word meanwhile; they find the one function or the other.
        __atomic_store_n(change->slot.word, change->value, __ATOMIC_RELEASE);
    }
    if (opens && !error) (void)mprotect((void *)low, size, PROT_READ);
    return error;
}
