// SPDX-License-Identifier: Apache-2.0
#include "gv_loader.h"
#include <dlfcn.h>

const gv_loader_calls gv_loader __attribute__((section("gv_libc_table"), used)) = {
    .dlopen = dlopen, .dlclose = dlclose};
