// SPDX-License-Identifier: Apache-2.0
#include "gv_kind.h"
#include <errno.h>
#include <sys/stat.h>

uint8_t gv_kinds[GV_KINDS_KEPT];

static uint32_t kind_of(mode_t mode) {
    switch (mode & S_IFMT) {
        case S_IFSOCK: return GV_KIND_SOCKET;
        case S_IFREG:
        case S_IFDIR:
        case S_IFBLK: return GV_KIND_STORED;
        case S_IFCHR: return GV_KIND_DEVICE;
        default: return GV_KIND_STREAM;
    }
}

uint32_t gv_kind_ask(int fd) {
    int before = errno;
    struct stat status;
    uint32_t kind = fstat(fd, &status) == 0 ? kind_of(status.st_mode) : GV_KIND_UNKNOWN;
    if ((uint32_t)fd < GV_KINDS_KEPT) __atomic_store_n(&gv_kinds[fd], (uint8_t)kind, __ATOMIC_RELAXED);
    errno = before;
    return kind;
}
