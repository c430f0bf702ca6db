// SPDX-License-Identifier: Apache-2.0
// What has been changed, object by object. Touched under the patch's lock, within dl_iterate_phdr: only there is it
// sure that an object's memory stays.
#ifndef GV_RECORDS_H
#define GV_RECORDS_H

#include "gv_objects.h"

/// A word that holds the address of a stand-in.
typedef struct gv_slot {
    void **word;
    void *old;
    uint32_t call;
} gv_slot;

/// What is known of one loaded object.
typedef struct gv_record {
    struct gv_record *next;
    uintptr_t base;
    char *path;
    uint64_t version;      // of the requests by which it was last looked through; 0: it must be
    uint64_t seen;         // the last pass that met it
    gv_slot *slots;
    size_t count, room;
} gv_record;

/// The record of an object; made if there is none and `makes` says so.
gv_record *gv_record_of(const struct dl_phdr_info *info, bool makes);
/// Forgets the objects that pass `seen` has not met: they are gone.
void gv_records_forget(uint64_t seen);
void gv_record_add(gv_record *record, gv_slot slot);
/// Drops the slots that hold something else by now: the object was loaded anew, or somebody else has written to them.
void gv_record_verify(gv_record *record, const gv_image *image);

/// A store to come.
typedef struct gv_change {
    gv_slot slot;          // `old`: what it has now
    void *value;
    uint32_t memory;       // GV_MEMORY_…
} gv_change;

typedef struct gv_changes {
    gv_change *list;
    size_t count, room;
} gv_changes;

void gv_changes_add(gv_changes *changes, gv_change change);
/// Makes the stores. An error number if the read-only pages could not be opened: those words are then as before.
int gv_changes_make(const gv_changes *changes);

#endif
