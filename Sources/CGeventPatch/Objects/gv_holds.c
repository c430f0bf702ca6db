// SPDX-License-Identifier: Apache-2.0
// Whether calls are patched, as the memory of the objects says.
#include "gv_pass.h"
#include <string.h>

typedef struct gv_question {
    const char *call, *object;
    bool holds;
} gv_question;

static bool is_named(const char *path, const char *object) {
    if (!object) return true;
    return strchr(object, '/') ? strcmp(path, object) == 0 : strstr(gv_file_name(path), object) != 0;
}

static int look(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    gv_question *question = context;
    gv_record *record = gv_record_of(info, false);
    gv_image image;
    if (!record || !is_named(record->path, question->object) || !gv_image_read(&image, info)) return 0;
    gv_record_verify(record, &image);
    for (size_t i = 0; i < record->count && !question->holds; i++)
        question->holds = strcmp(gv_stand_in_at(record->slots[i].call)->name, question->call) == 0;
    return question->holds;
}

bool gv_patch_holds(const char *call, const char *object) {
    gv_question question = {.call = call, .object = object};
    gv_patch_take_lock();
    dl_iterate_phdr(look, &question);
    gv_patch_give_lock();
    return question.holds;
}
