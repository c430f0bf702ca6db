// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_probes.h"
#include <errno.h>
#include <fenv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

int gv_probe_errno(int number, gv_probe_call call, void *context) {
    errno = number;
    call(context);
    return errno;
}

int gv_probe_rounding(gv_probe_call call, void *context) {
    int before = fegetround();
    fesetround(FE_UPWARD);
    call(context);
    int kept = fegetround() == FE_UPWARD;
    fesetround(before);
    return kept;
}

int gv_probe_rounds_to_nearest(void) { return fegetround() == FE_TONEAREST; }

__attribute__((noinline)) uint64_t gv_probe_use_stack(size_t bytes) {
    volatile char frame[1024];
    memset((void *)frame, 1, sizeof frame);
    if (bytes <= sizeof frame) return frame[7];
    return gv_probe_use_stack(bytes - sizeof frame) + frame[bytes % sizeof frame];
}

__attribute__((noinline)) uint64_t gv_probe_overflow_widely(uint64_t depth) {
    volatile char frame[60 * 1024];
    frame[0] = (char)depth;
    return gv_probe_overflow_widely(depth + 1) + frame[0];
}

int gv_probe_limit_address_space(uint64_t bytes) {
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};
    return setrlimit(RLIMIT_AS, &limit) == 0 ? 0 : errno;
}

void gv_probe_set_environment(const char *name, const char *value) { setenv(name, value, 1); }
