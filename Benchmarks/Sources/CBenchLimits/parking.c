// SPDX-License-Identifier: Apache-2.0
#include "bench_context.h"
#include "include/bench_limits.h"

#include <stdlib.h>

enum { STACK_SIZE = 16384 };

static void *caller;
static void *callee;

static void park(void *argument) {
    (void)argument;
    for (;;) gv_context_swap(&callee, caller);
}

limit_parked_cost limit_parked(long count) {
    int64_t resident = limit_status_bytes("VmRSS"), tables = limit_status_bytes("VmPTE");
    char *stacks = stacks_map((size_t)count, STACK_SIZE);
    void **contexts = malloc((size_t)count * sizeof *contexts);
    for (long i = 0; i < count; i++) {
        gv_context_swap(&caller, gv_context_make(stacks_top(stacks, STACK_SIZE, i), park, NULL));
        contexts[i] = callee;
    }
    resident = limit_status_bytes("VmRSS") - resident;
    tables = limit_status_bytes("VmPTE") - tables;
    uint64_t start = limit_now();
    for (long i = 0; i < count; i++) gv_context_swap(&caller, contexts[i]);
    uint64_t end = limit_now();
    // The process ends now, so nothing is given back.
    return (limit_parked_cost){
        (double)resident / (double)count, (double)tables / (double)count, (double)(end - start) / (double)count};
}
