// SPDX-License-Identifier: Apache-2.0

#ifndef GV_FAULT_H
#define GV_FAULT_H

#include <stddef.h>

// What answers this thread's system calls in place of the kernel, for a test; NULL otherwise.
extern __thread void *gv_fault_injector __attribute__((tls_model("initial-exec")));

static inline void *gv_faults_here(void) {
    return gv_fault_injector;
}

static inline void gv_faults_set(void *injector) {
    gv_fault_injector = injector;
}

#endif
