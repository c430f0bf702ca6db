// SPDX-License-Identifier: Apache-2.0
// What is loaded later is patched as it comes. dlmopen(3) loads into another namespace, with a C library of its own, and
// is left alone.
#include "../gv_stand_in.h"
#include "gv_loader.h"
#include <errno.h>

void *gv_call_dlopen(const char *file, int mode) {
    void *handle = gv_open_for(__builtin_return_address(0), file, mode);
    if (!handle || gv_patch_is_off) return handle;
    int error = errno;
    gv_patch_renew();
    errno = error;
    return handle;
}

int gv_call_dlclose(void *handle) {
    int result = gv_loader.dlclose(handle);
    if (result != 0 || gv_patch_is_off) return result;
    int error = errno;
    gv_patch_renew();
    errno = error;
    return result;
}

GV_STAND_IN(GV_AREA_LOADING, dlopen, gv_call_dlopen);
GV_STAND_IN(GV_AREA_LOADING, dlclose, gv_call_dlclose);
