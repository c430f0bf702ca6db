// SPDX-License-Identifier: Apache-2.0
#include "gv_pass.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

extern const char __start_gv_libc_table[] __attribute__((weak, visibility("hidden")));
extern const char __stop_gv_libc_table[] __attribute__((weak, visibility("hidden")));
extern const char __start_gv_stand_ins[] __attribute__((weak, visibility("hidden")));
extern const char __stop_gv_stand_ins[] __attribute__((weak, visibility("hidden")));

static bool is_ours(const void *word) {
    return ((const char *)word >= __start_gv_libc_table && (const char *)word < __stop_gv_libc_table) ||
           ((const char *)word >= __start_gv_stand_ins && (const char *)word < __stop_gv_stand_ins);
}

void gv_pass_report(gv_pass *pass, gv_patch_entry entry) {
    if (pass->entry_count == pass->entry_room) {
        pass->entry_room = pass->entry_room ? pass->entry_room * 2 : 64;
        pass->entries = realloc(pass->entries, pass->entry_room * sizeof(gv_patch_entry));
        if (!pass->entries) abort();
    }
    entry.object = pass->object->path;
    pass->entries[pass->entry_count++] = entry;
}

// Whether the call by this word is one of the C library's.
static bool calls_libc(const gv_pass *pass, const gv_found *found, uintptr_t value) {
    const gv_real *real = &pass->reals[found->call];
    if (value == (uintptr_t)real->function) return real->is_libcs;
    // The object's code may have put anything into its own data.
    if (found->is_data) return false;
    // Not called yet: the word leads to the object's own stub, which will ask for the name.
    if (value >= pass->image.low && value < pass->image.high) return real->is_libcs;
    const gv_object *owner = gv_objects_owner(&pass->objects, value);
    return owner && owner->has_real_calls;
}

static void consider(const gv_found *found, void *context) {
    gv_pass *pass = context;
    const gv_stand_in *call = gv_stand_in_at(found->call);
    bool is_wanted = (call->area & pass->areas) != 0;
    if (!is_wanted || is_ours(found->word)) return;
    uint32_t memory = gv_image_memory(&pass->image, (uintptr_t)found->word);
    if (memory == GV_MEMORY_NONE) return;
    void *value = __atomic_load_n(found->word, __ATOMIC_RELAXED);
    gv_count *count = &pass->counts[found->call];
    if (value == call->function) {
        count->patched++;
    } else if (value == 0) {
        // A weak name that nobody has: the program asks for it before it calls.
    } else if (!calls_libc(pass, found, (uintptr_t)value)) {
        count->foreign++;
    } else if (memory == GV_MEMORY_FIXED) {
        count->fixed++;
        count->error = EACCES;
    } else {
        gv_slot slot = {.word = found->word, .old = value, .call = found->call};
        gv_changes_add(&pass->changes, (gv_change){.slot = slot, .value = call->function, .memory = memory});
        count->patched++;
        count->fresh++;
    }
}

// Gives back what nobody wants any more.
static void restore(gv_pass *pass) {
    gv_record *record = pass->record;
    for (size_t i = 0; i < record->count; i++) {
        gv_slot slot = record->slots[i];
        if (gv_stand_in_at(slot.call)->area & pass->areas) continue;
        uint32_t memory = gv_image_memory(&pass->image, (uintptr_t)slot.word);
        gv_changes_add(&pass->changes, (gv_change){.slot = slot, .value = slot.old, .memory = memory});
    }
}

static void settle(gv_pass *pass) {
    int error = pass->is_plan ? 0 : gv_changes_make(&pass->changes);
    for (size_t i = 0; i < pass->changes.count; i++) {
        const gv_change *change = &pass->changes.list[i];
        bool is_undone = change->value == change->slot.old;
        if (error && change->memory == GV_MEMORY_RELRO) {
            if (is_undone) continue;
            gv_count *count = &pass->counts[change->slot.call];
            count->patched--;
            count->fresh--;
            count->fixed++;
            count->error = error;
        } else if (!is_undone && !pass->is_plan) {
            gv_record_add(pass->record, change->slot);
        }
    }
    // What was given back holds no stand-in now, and drops out.
    if (!pass->is_plan) gv_record_verify(pass->record, &pass->image);
}

static void report_calls(gv_pass *pass) {
    bool is_empty = true;
    for (uint32_t i = 0; i < gv_stand_in_count(); i++) {
        const gv_stand_in *call = gv_stand_in_at(i);
        const gv_count *count = &pass->counts[i];
        if (!(call->area & pass->about_areas)) continue;
        gv_patch_entry entry = {.call = call->name, .area = call->area};
        if (count->patched) {
            entry.slots = count->patched, entry.fresh = count->fresh;
            gv_pass_report(pass, entry);
        }
        entry.fresh = 0;
        if (count->fixed) {
            entry.slots = count->fixed, entry.left = GV_LEFT_PROTECTED, entry.error = count->error;
            gv_pass_report(pass, entry);
        }
        entry.error = 0;
        if (count->foreign) {
            entry.slots = count->foreign, entry.left = GV_LEFT_OWN_FUNCTION;
            gv_pass_report(pass, entry);
        }
        is_empty = is_empty && count->patched + count->fixed + count->foreign == 0;
    }
    if (is_empty) gv_pass_report(pass, (gv_patch_entry){.left = GV_LEFT_NO_SLOTS});
}

static void bring_about(gv_pass *pass, const struct dl_phdr_info *info) {
    bool is_reported = pass->about_areas != 0;
    if (!gv_image_read(&pass->image, info)) {
        if (is_reported) gv_pass_report(pass, (gv_patch_entry){.left = GV_LEFT_NO_SLOTS});
        return;
    }
    gv_record *record = pass->record;
    if (record) gv_record_verify(record, &pass->image);
    if (!is_reported && record && record->version == pass->version) return;
    memset(pass->counts, 0, gv_stand_in_count() * sizeof(gv_count));
    pass->changes.count = 0;
    if (!pass->is_plan) restore(pass);
    gv_image_search(&pass->image, consider, pass);
    settle(pass);
    if (record && !pass->is_plan) record->version = pass->version;
    if (is_reported) report_calls(pass);
}

// The areas that are wanted in the object; loading is in all that are not left alone.
static uint32_t wanted_areas(gv_pass *pass, size_t object) {
    uint32_t areas = 0;
    pass->about_areas = 0;
    for (size_t i = 0; i < pass->request_count; i++) {
        const gv_patch_request *wanted = &pass->requests[i]->wanted;
        if (!wanted->areas) continue;
        areas |= GV_AREA_LOADING;
        if (!pass->accepted[object * pass->request_count + i]) continue;
        areas |= wanted->areas;
        if (i == pass->about) pass->about_areas = wanted->areas | GV_AREA_LOADING;
    }
    return areas;
}

int gv_pass_visit(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    gv_pass *pass = context;
    bool is_changed = info->dlpi_adds != pass->objects.loads || info->dlpi_subs != pass->objects.unloads;
    if (is_changed && pass->is_patient) return pass->is_outdated = true;
    pass->object = gv_objects_find(&pass->objects, info, pass->visited++);
    if (!pass->object) return 0;
    bool is_reported = pass->about != SIZE_MAX;
    if (pass->object->is_left_alone) {
        if (is_reported) gv_pass_report(pass, (gv_patch_entry){.left = GV_LEFT_OURS});
        return 0;
    }
    pass->areas = wanted_areas(pass, (size_t)(pass->object - pass->objects.list));
    if (is_reported && !pass->about_areas) gv_pass_report(pass, (gv_patch_entry){.left = GV_LEFT_FILTERED});
    pass->record = gv_record_of(info, !pass->is_plan);
    if (pass->record) pass->record->seen = pass->number;
    bring_about(pass, info);
    return 0;
}
