// SPDX-License-Identifier: Apache-2.0
// pthread_exit: the frames of the thread are unwound one by one, as the C library does it, so that clean-up of C++ runs
// and that of pthread_cleanup_push; then a jump leads into the frame that called the thread's routine.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

// Of the compiler's library, which is there wherever exceptions are.
extern __typeof__(_Unwind_ForcedUnwind) _Unwind_ForcedUnwind __attribute__((weak));
extern __typeof__(_Unwind_GetCFA) _Unwind_GetCFA __attribute__((weak));

// The buffer begins with what setjmp keeps; `__pad` is the C library's, or ours.
static void jump_to_cleanup(gv_thread *thread) {
    __pthread_unwind_buf_t *cleanup = thread->cleanups;
    thread->cleanups = cleanup->__pad[0];
    longjmp((struct __jmp_buf_tag *)cleanup, 1);
}

// Called for each frame before it is left; `sp` is below it and above those that were left.
static _Unwind_Reason_Code stop(
    int version, _Unwind_Action actions, _Unwind_Exception_Class kind, struct _Unwind_Exception *object,
    struct _Unwind_Context *context, void *argument) {
    (void)version, (void)kind, (void)object;
    gv_thread *thread = argument;
    uintptr_t sp = (uintptr_t)_Unwind_GetCFA(context);
    bool ends = (actions & _UA_END_OF_STACK) != 0;
    if (thread->cleanups && (ends || (uintptr_t)thread->cleanups < sp)) jump_to_cleanup(thread);
    if (ends || (uintptr_t)thread->start < sp) longjmp(*thread->start, 1);
    return _URC_NO_REASON;
}

static void was_caught(_Unwind_Reason_Code reason, struct _Unwind_Exception *object) {
    (void)reason, (void)object;
    static const char text[] = "gevent: a catch clause has kept what ends a thread, and must pass it on\n";
    if (gv_libc.write(2, text, sizeof text - 1) < 0) abort();
    abort();
}

static __attribute__((noreturn)) void unwind(gv_thread *thread) {
    if (_Unwind_ForcedUnwind && _Unwind_GetCFA) {
        thread->unwinding.exception_class = 0;
        thread->unwinding.exception_cleanup = was_caught;
        _Unwind_ForcedUnwind(&thread->unwinding, stop, thread);
    }
    // No tables: only what C has noted itself.
    if (thread->cleanups) jump_to_cleanup(thread);
    longjmp(*thread->start, 1);
}

void gv_thread_leave(gv_thread *thread, void *result) {
    thread->is_leaving = true;
    thread->result = result;
    unwind(thread);
}

static int nobody_is_left(gv_thread_try *trial) {
    return __atomic_load_n((uint32_t *)trial->context, __ATOMIC_ACQUIRE) == 0 ? 0 : EBUSY;
}

void gv_call_pthread_exit(void *result) {
    if (gv_is_thread()) {
        gv_thread *thread = gv_thread_here();
        if (thread->start) gv_thread_leave(thread, result);
        static const char text[] = "gevent: pthread_exit in a greenlet that no pthread_create has made\n";
        if (gv_libc.write(2, text, sizeof text - 1) < 0) abort();
        abort();
    }
    // The process lives on with its other threads: here, as long as somebody runs them.
    if (gv_thread_may_park()) {
        gv_thread_try trial = {
            .wait = {.what = "the other threads", .object = &gv_threads_alive},
            .attempt = nobody_is_left,
            .context = &gv_threads_alive,
        };
        gv_thread_await(&trial, GV_FOREVER);
    }
    gv_real_threads.pthread_exit(result);
    __builtin_unreachable();
}

void gv_call___pthread_register_cancel(__pthread_unwind_buf_t *cleanup) {
    if (!gv_is_thread() || !gv_thread_here()->start) return gv_real_threads.__pthread_register_cancel(cleanup);
    cleanup->__pad[0] = gv_thread_here()->cleanups;
    gv_thread_here()->cleanups = cleanup;
}

void gv_call___pthread_unregister_cancel(__pthread_unwind_buf_t *cleanup) {
    if (!gv_is_thread() || !gv_thread_here()->start) return gv_real_threads.__pthread_unregister_cancel(cleanup);
    gv_thread_here()->cleanups = cleanup->__pad[0];
}

void gv_call___pthread_unwind_next(__pthread_unwind_buf_t *cleanup) {
    if (gv_is_thread() && gv_thread_here()->is_leaving) unwind(gv_thread_here());
    gv_real_threads.__pthread_unwind_next(cleanup);
}

GV_THREAD_STAND_IN(pthread_exit);
GV_THREAD_STAND_IN(__pthread_register_cancel);
GV_THREAD_STAND_IN(__pthread_unregister_cancel);
GV_THREAD_STAND_IN(__pthread_unwind_next);
