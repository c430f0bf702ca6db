// SPDX-License-Identifier: Apache-2.0
// Backtraces taken on a made stack end at its entry.
#include "check.h"
#include "pair.h"
#include "tests.h"

#include <execinfo.h>
#include <stdlib.h>
#include <unwind.h>

enum { limit = 64, depth = 5 };

struct trace {
    struct pair pair;
    int count;
    int walked;
    void *addresses[limit];
};

struct frame_record {
    const struct frame_record *caller;
    void *return_address;
};

static void take_trace(struct trace *trace, int level);

// A pointer that nobody sees through, so that each level is a call of one and the same function.
static void (*volatile const take_trace_below)(struct trace *, int) = take_trace;

static void take_trace(struct trace *trace, int level) {
    if (level > 1) {
        take_trace_below(trace, level - 1);
    } else {
        trace->count = backtrace(trace->addresses, limit);
        const struct frame_record *record = __builtin_frame_address(0);
        while (record && trace->walked < limit) {
            trace->walked++;
            record = record->caller;
        }
    }
    // What follows the call keeps it from becoming a jump.
    __asm__ volatile("" ::: "memory");
}

static void tracing_entry(void *argument) {
    struct trace *trace = argument;
    take_trace_below(trace, depth);
    go_near(&trace->pair);
    take_trace_below(trace, depth);
    go_near(&trace->pair);
    abort();
}

/// Whether the trace is the levels of `take_trace`, the entry, and the code that called it.
static bool is_complete(const struct trace *trace) {
    if (trace->count != depth + 2) return false;
    for (int i = 0; i < depth; i++) {
        if (_Unwind_FindEnclosingFunction(trace->addresses[i]) != (void *)take_trace) return false;
    }
    return _Unwind_FindEnclosingFunction(trace->addresses[depth]) == (void *)tracing_entry;
}

void test_unwinding(void) {
    struct trace trace = {.count = 0};

    pair_open(&trace.pair, tracing_entry, &trace);
    go_far(&trace.pair);
    check(is_complete(&trace), "a backtrace on a made stack ends at its entry");
    check(trace.walked == depth + 1, "a walk along the frame pointers ends at the entry");

    trace.walked = 0;
    go_far(&trace.pair);
    check(is_complete(&trace), "so does a backtrace after a switch");
    check(trace.walked == depth + 1, "so does a walk after a switch");
    pair_close(&trace.pair);
}
