// SPDX-License-Identifier: Apache-2.0
#include "Calls/gv_descriptor_calls.h"
#include "gv_stand_in.h"

gv_hooks gv_patch_hooks;
uint32_t gv_patch_is_off;

void gv_hooks_set(const gv_hooks *hooks) {
    gv_patch_hooks = *hooks;
    gv_calls_begin();
}

__thread uint32_t gv_signal_depth __attribute__((tls_model("initial-exec")));
