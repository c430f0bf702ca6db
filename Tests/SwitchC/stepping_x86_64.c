// SPDX-License-Identifier: Apache-2.0
// With the trap flag set the processor stops after each instruction, so a handler of SIGTRAP
// sees the stack as a profiler would that hits there.
#if defined(__x86_64__)

#include "check.h"
#include "pair.h"
#include "stepping.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <ucontext.h>
#include <unwind.h>

enum { limit = 64 };

static int seen_near, seen_far, seen_new, bad;
static uintptr_t first_bad;
static void near_side(struct pair *pair, int times);
static void far_side(void *argument);

struct trace {
    uintptr_t interrupted;
    int count;
    void *functions[limit];  // from the interrupted one outwards
};

static _Unwind_Reason_Code note_frame(struct _Unwind_Context *context, void *argument) {
    struct trace *trace = argument;
    uintptr_t address = _Unwind_GetIP(context);
    // Before the interrupted frame come the handler's; after the outermost one a call with none.
    if (trace->count == 0 && address != trace->interrupted) return _URC_NO_REASON;
    if (!address) return _URC_NO_REASON;
    if (trace->count < limit) {
        trace->functions[trace->count++] = (void *)_Unwind_GetRegionStart(context);
    }
    return trace->count < limit ? _URC_NO_REASON : _URC_NORMAL_STOP;
}

static void step(int number, siginfo_t *info, void *context) {
    (void)number, (void)info;
    const ucontext_t *interrupted = context;
    struct trace trace = {.interrupted = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP]};
    // The function takes a return address and looks up the byte before it.
    void *function = _Unwind_FindEnclosingFunction((void *)(trace.interrupted + 1));
    if (function != (void *)gv_context_swap) return;

    _Unwind_Backtrace(note_frame, &trace);

    bool is_near = trace.count > 2 && trace.functions[1] == (void *)near_side;
    bool is_far = trace.count == 3 && trace.functions[1] == (void *)far_side;
    // Before its entry ran, the made side has nothing but the code that will call it. (An unwinder
    // that finds no rules for an address leaves the function of the frame before in its place.)
    bool is_new = trace.count == 2 && trace.functions[1] != (void *)gv_context_swap;
    bool right = trace.functions[0] == (void *)gv_context_swap && trace.count < limit
        && (is_near || is_far || is_new);
    seen_near += is_near;
    seen_far += is_far;
    seen_new += is_new;
    if (!right && bad++ == 0) first_bad = trace.interrupted - (uintptr_t)gv_context_swap;
}

static void far_side(void *argument) {
    struct pair *pair = argument;
    for (;;) {
        gv_context_swap(&pair->far, pair->near);
        __asm__ volatile("" ::: "memory");
    }
}

static void set_rounding(uint32_t bits) {
    uint32_t mxcsr = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr((mxcsr & ~0x6000u) | bits);
}

__attribute__((noinline)) static void near_side(struct pair *pair, int times) {
    __asm__ volatile("pushfq\n\torq $0x100, (%%rsp)\n\tpopfq" ::: "memory", "cc");
    for (int i = 0; i < times; i++) gv_context_swap(&pair->near, pair->far);
    __asm__ volatile("pushfq\n\tandq $~0x100, (%%rsp)\n\tpopfq" ::: "memory", "cc");
}

void test_stepping(void) {
    // By a pointer that nobody sees through, so that no copy of the function is made for the call.
    void (*volatile run)(struct pair *, int) = near_side;
    struct sigaction action = {.sa_sigaction = step, .sa_flags = SA_SIGINFO}, previous;
    struct pair pair;
    sigaction(SIGTRAP, &action, &previous);

    pair_open(&pair, far_side, &pair);
    run(&pair, 3);
    // Other controls on one side than on the other: each switch reloads them.
    set_rounding(0x2000);
    run(&pair, 3);
    set_rounding(0);
    pair_close(&pair);

    sigaction(SIGTRAP, &previous, NULL);
    if (bad) printf("# the first wrong one: gv_context_swap+%zu\n", (size_t)first_bad);
    check(seen_near > 100 && seen_far > 100 && seen_new > 5 && bad == 0,
          "a backtrace is whole at each instruction of a switch");
}

#endif
