// SPDX-License-Identifier: Apache-2.0
#include "gv_probes.h"

static int rethrow(int number, gv_probe_call call, void *context) {
    try {
        throw number;
    } catch (int) {
        call(context);
        throw;
    }
}

int gv_probe_rethrow(int number, gv_probe_call call, void *context) {
    try {
        return rethrow(number, call, context);
    } catch (int caught) {
        return caught;
    }
}
