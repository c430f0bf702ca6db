// SPDX-License-Identifier: Apache-2.0
// One pass over the loaded objects, which brings them to what the requests are about.
#ifndef GV_PASS_H
#define GV_PASS_H

#include "gv_records.h"

/// A request as it is kept.
typedef struct gv_request {
    gv_patch_request wanted;
    uint64_t number;
    uint32_t users;      // the list of requests, and each pass at work
} gv_request;

/// What was found for one call in one object.
typedef struct gv_count {
    uint32_t patched, fresh, fixed, foreign;
    int error;
} gv_count;

typedef struct gv_pass {
    gv_objects objects;
    gv_request **requests;
    size_t request_count;
    bool *accepted;          // by object, then request
    const gv_real *reals;
    uint64_t version;        // of the requests
    uint64_t number;         // of the pass
    size_t about;            // index of the request to report; SIZE_MAX for none
    bool is_plan;            // changes nothing
    bool is_patient;         // gives up if objects have come or gone meanwhile
    bool is_outdated;        // they have
    size_t visited;
    gv_patch_entry *entries;
    size_t entry_count, entry_room;
    // For the object at hand.
    const gv_object *object;
    gv_image image;
    gv_record *record;
    uint32_t areas, about_areas;
    gv_count *counts;
    gv_changes changes;
} gv_pass;

/// What dl_iterate_phdr is given; under the lock. `context` is the pass.
int gv_pass_visit(struct dl_phdr_info *info, size_t size, void *context);
/// Adds to what is reported.
void gv_pass_report(gv_pass *pass, gv_patch_entry entry);

/// The patch's lock, by the C library's own calls.
void gv_patch_take_lock(void);
void gv_patch_give_lock(void);

#endif
