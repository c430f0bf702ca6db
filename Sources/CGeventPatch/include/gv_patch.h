// SPDX-License-Identifier: Apache-2.0
// Rewrites where the loaded objects of the process find the calls of the C library.
//
// Plan, then apply: a plan says which slots of which objects would be changed, and changes nothing. A slot is a word of an
// object's global offset table, or of its data, that the dynamic linker fills with a function's address: relocations
// JUMP_SLOT, GLOB_DAT and absolute ones. All functions are serialised by a lock and may be called from any thread.
//
// Not reached: a program without a dynamic linker, what was inlined, function pointers that the program has stored by
// itself or asked dlsym(3) for, and objects of other namespaces (dlmopen).
#ifndef GV_PATCH_H
#define GV_PATCH_H

#include "gv_area.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Why an object, or a call in it, is left alone.
enum {
    GV_LEFT_NOT = 0,          // it is patched
    GV_LEFT_OURS = 1,         // the C library, the dynamic linker, the runtimes of Swift and C++, sanitizers
    GV_LEFT_FILTERED = 2,     // the caller's filter said no
    GV_LEFT_OWN_FUNCTION = 3, // the name is a function of another object, not the C library's
    GV_LEFT_PROTECTED = 4,    // the memory could not be made writable; `error` says why
    GV_LEFT_NO_SLOTS = 5,     // nothing in it that could be patched: static, or it calls none of them
};

/// What the caller wants of a plan.
typedef struct gv_patch_request {
    uint32_t areas;
    /// Whether an object is to be patched; NULL means all. It is asked again whenever objects have been loaded, by the
    /// thread that loaded them, without a lock: it must answer the same each time, and load none itself.
    ///
    /// GV_AREA_LOADING is not subject to it: whoever loads an object, what comes has to be seen.
    bool (*accepts)(const char *path, void *context);
    void *context;
    /// Called once when `context` is used no longer: after a plan, or after the request was withdrawn. May be NULL.
    void (*drop)(void *context);
} gv_patch_request;

/// One call in one object, for reports.
typedef struct gv_patch_entry {
    const char *object;       // path; the program's own is that of /proc/self/exe; lent for the call
    const char *call;         // NULL for the object as a whole
    uint32_t slots;           // that are patched, or were left for this reason
    uint32_t left;            // GV_LEFT_…
    int error;
    uint32_t area;            // of the call; 0 for an object as a whole
    uint32_t fresh;           // of `slots`: those that were not patched before
} gv_patch_entry;

/// Tells `report` of each call in each object that a request is about. Changes nothing.
void gv_patch_plan(const gv_patch_request *request, void (*report)(const gv_patch_entry *, void *), void *context);

/// Patches what a request is about and what is loaded later; adds to what is patched already, and never takes away.
/// The number is what `gv_patch_withdraw` takes.
uint64_t gv_patch_apply(const gv_patch_request *request, void (*report)(const gv_patch_entry *, void *), void *context);

/// Forgets one request. Slots that no other request is about get back what they had.
void gv_patch_withdraw(uint64_t request);

/// Gives every slot of those areas back what it had, whichever request it was patched by.
void gv_patch_undo(uint32_t areas);

/// The areas that are patched.
uint32_t gv_patch_areas(void);

/// Whether a call goes to its stand-in where `object` (path, or a part of its file name; NULL: anywhere) makes it.
bool gv_patch_holds(const char *call, const char *object);

/// The real function of a call that has a stand-in; NULL for another name.
void *gv_patch_original(const char *call);

/// All stand-ins, for lists.
size_t gv_stand_in_count(void);
const gv_stand_in *gv_stand_in_at(size_t index);

#endif
