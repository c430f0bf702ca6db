// SPDX-License-Identifier: Apache-2.0

#ifndef GV_FOLDER_H
#define GV_FOLDER_H

#include "gv_result.h"
#include <dirent.h>
#include <unistd.h>

// The place of an entry's name in the record that readdir(3) answers; Swift sees an array of fixed size there.
static inline const char *gv_folder_entry_name(const struct dirent *entry) {
    return entry->d_name;
}

static inline long gv_link_read(const char *path, char *room, size_t count) {
    return gv_result(readlink(path, room, count));
}

#endif
