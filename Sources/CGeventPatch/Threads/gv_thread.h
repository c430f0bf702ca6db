// SPDX-License-Identifier: Apache-2.0
// A greenlet as a thread: what the C library keeps for a thread and no greenlet has.
#ifndef GV_THREAD_H
#define GV_THREAD_H

#include "gv_thread_calls.h"
#include "gv_thread_line.h"
#include <setjmp.h>
#include <unwind.h>

typedef struct gv_thread_value {
    void *value;
    uintptr_t generation;    // of the key, when it was set
} gv_thread_value;

typedef struct gv_thread {
    uint32_t references;     // one of the greenlet until its end, one of whoever will join
    uint32_t is_over;        // what joiners wait for; a futex word for native ones
    uint32_t is_claimed;     // detached, or somebody joins
    uint32_t was_told;       // that something is due; a wait that has said so once does not again
    bool was_created;        // by pthread_create, so that it can be left by pthread_exit
    bool is_leaving;
    bool refuses_cancel;
    uint8_t cancel_type;
    uint32_t is_cancelled;
    int process;             // where it began
    void *(*routine)(void *);
    void *argument;
    void *result;
    gv_hub *hub;
    gv_greenlet *greenlet;   // NULL before its first turn
    size_t stack_size;
    __pthread_unwind_buf_t *cleanups;
    jmp_buf *start;          // the frame that called `routine`
    struct _Unwind_Exception unwinding;
    gv_thread_value *values;
    size_t value_count;
    char name[16];
} gv_thread;

/// Whether a pthread_t is one of ours: the C library's are addresses of aligned blocks.
static inline bool gv_is_ours(pthread_t thread) { return ((uintptr_t)thread & 1) != 0; }

static inline gv_thread *gv_thread_of(pthread_t thread) { return (gv_thread *)((uintptr_t)thread - 1); }

static inline pthread_t gv_thread_name_of(gv_thread *thread) { return (pthread_t)((uintptr_t)thread + 1); }

/// Whether a greenlet runs here that is a thread of its own: not the thread's own stack, and not the hub.
static inline __attribute__((always_inline)) bool gv_is_thread(void) {
    gv_hub *hub = gv_this_hub;
    return __builtin_expect(hub != 0, 1) && hub->current != hub->main && hub->current != &hub->loop;
}

/// What is kept for the running greenlet, made by the first use. Only where `gv_is_thread`.
gv_thread *gv_thread_make_here(void);

static inline __attribute__((always_inline)) gv_thread *gv_thread_here(void) {
    gv_thread *thread = (gv_thread *)gv_this_hub->current->thread;
    return __builtin_expect(thread != 0, 1) ? thread : gv_thread_make_here();
}

/// An empty record with so many references; NULL if there is no memory.
gv_thread *gv_thread_new(uint32_t references);
void gv_thread_release(gv_thread *thread);

/// Its end, for those who wait for it.
void gv_thread_is_over(gv_thread *thread);

/// How many threads made here have not ended yet.
extern uint32_t gv_threads_alive __attribute__((visibility("hidden")));

/// Calls the destructors of its values.
void gv_thread_end_values(gv_thread *thread);

/// Leaves the running thread with `result`.
void gv_thread_leave(gv_thread *thread, void *result) __attribute__((noreturn));

/// Leaves it if it was cancelled and does not refuse that now.
void gv_thread_test_cancel(void);

#endif
