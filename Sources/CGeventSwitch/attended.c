// SPDX-License-Identifier: Apache-2.0
// Switches that are announced: to AddressSanitizer, to ThreadSanitizer, to the check of accesses. And those that are none,
// on a thread without a hub.
#include "include/gv_native.h"
#include "include/gv_switch.h"

// Weak: present only in a program that was built with the sanitizer.
extern void __sanitizer_start_switch_fiber(void **save, const void *bottom, size_t size) __attribute__((weak));
extern void __sanitizer_finish_switch_fiber(void *save, const void **bottom, size_t *size) __attribute__((weak));
extern void *__tsan_create_fiber(unsigned flags) __attribute__((weak));
extern void *__tsan_get_current_fiber(void) __attribute__((weak));
extern void __tsan_destroy_fiber(void *fiber) __attribute__((weak));
extern void __tsan_switch_to_fiber(void *fiber, unsigned flags) __attribute__((weak));

// The runtime's own way to give a task a set of accesses; slower than swapping the word.
extern void swift_task_enterThreadLocalContext(char *state) __attribute__((weak));
extern void swift_task_exitThreadLocalContext(char *state) __attribute__((weak));

uint32_t gv_attention_needed(void) {
    return __sanitizer_start_switch_fiber || __tsan_switch_to_fiber ? GV_ATTEND_SANITIZER : 0;
}

void gv_stack_announce(gv_stack *stack) {
    (void)stack;
    if (__sanitizer_finish_switch_fiber) __sanitizer_finish_switch_fiber(0, 0, 0);
}

void gv_stack_renounce(gv_stack *stack) {
    if (__tsan_destroy_fiber && stack->fiber) __tsan_destroy_fiber(stack->fiber);
    stack->fiber = 0;
}

__attribute__((noinline)) void gv_switch_attended(gv_hub *hub, void **save, gv_greenlet *from, gv_greenlet *to, bool ends) {
    if (hub->attention & GV_ATTEND_NATIVE) {
        gv_native_park(hub);
        hub->current = from;
        return;
    }
    gv_stack *target = to->stack;
    void *fake = 0;
    if (hub->attention & GV_ATTEND_ACCESSES) hub->before_switch(from, to);
    if (hub->attention & GV_ATTEND_WATCH) hub->watch_switch(hub);
    if (hub->attention & GV_ATTEND_RUNTIME) {
        if (from) swift_task_exitThreadLocalContext((char *)from->words.access_state);
        swift_task_enterThreadLocalContext((char *)to->words.access_state);
    }
    if (__tsan_switch_to_fiber) {
        gv_stack *source = from ? from->stack : 0;
        if (source && !source->fiber) source->fiber = __tsan_get_current_fiber();
        if (!target->fiber) target->fiber = __tsan_create_fiber(0);
    }
    if (__sanitizer_start_switch_fiber)
        __sanitizer_start_switch_fiber(ends ? 0 : &fake, target->base, target->size);
    if (__tsan_switch_to_fiber) __tsan_switch_to_fiber(target->fiber, 0);
    gv_context_swap(save, to->sp);
    if (__sanitizer_finish_switch_fiber) __sanitizer_finish_switch_fiber(fake, 0, 0);
}
