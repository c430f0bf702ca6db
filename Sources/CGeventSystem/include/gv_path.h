// SPDX-License-Identifier: Apache-2.0

#ifndef GV_PATH_H
#define GV_PATH_H

#include "gv_result.h"
#include <sys/stat.h>
#include <unistd.h>

// Which file a path names, without following a last link.
static inline long gv_path_identify(const char *path, unsigned long *device, unsigned long *file,
                                    int *is_socket) {
    struct stat status;
    long answer = gv_result(lstat(path, &status));
    if (answer < 0) return answer;
    *device = status.st_dev;
    *file = status.st_ino;
    *is_socket = S_ISSOCK(status.st_mode);
    return 0;
}

static inline long gv_path_remove(const char *path) {
    return gv_result(unlink(path));
}

static inline long gv_path_change_mode(const char *path, unsigned mode) {
    return gv_result(chmod(path, mode));
}

#endif
