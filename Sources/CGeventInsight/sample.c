// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_sample.h"
#include <errno.h>
#include <gv_libc.h>
#include <gv_ready.h>
#include <gv_thread.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include <unwind.h>

// A question goes from NOBODY to ASKED, is taken by the handler or withdrawn by the asker, and ends as TOLD.
enum { NOBODY, ASKED, TAKEN, TOLD };

static uint32_t state;
static gv_glance question;
static gv_sample told;
static bool has_moved;
static sem_t answered;
static int signal_number;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void copy(char *to, const char *from, size_t capacity) {
    size_t length = 0;
    while (from && length < capacity - 1 && from[length]) {
        to[length] = from[length];
        length++;
    }
    to[length] = 0;
}

static const void *interrupted_at(const void *context) {
    const mcontext_t *machine = &((const ucontext_t *)context)->uc_mcontext;
#if defined(__x86_64__)
    return (const void *)machine->gregs[REG_RIP];
#else
    return (const void *)machine->pc;
#endif
}

typedef struct {
    uintptr_t here;
    bool has_passed_here;
} path;

static _Unwind_Reason_Code step(struct _Unwind_Context *frame, void *argument) {
    path *walked = argument;
    uintptr_t place = _Unwind_GetIP(frame);
    if (place == 0 || told.frame_count == GV_SAMPLE_FRAMES) return _URC_END_OF_STACK;
    if (walked->has_passed_here) told.frames[told.frame_count++] = place;
    else walked->has_passed_here = place == walked->here;
    return _URC_NO_REASON;
}

// The walk begins in this handler and goes by the kernel's frame to where the thread was. By the unwinder itself: a sanitizer
// has a `backtrace` of its own, which takes memory, and the thread may be in the middle of taking some.
static void walk(const void *context) {
    path walked = {.here = (uintptr_t)interrupted_at(context)};
    told.frames[0] = walked.here;
    told.frame_count = 1;
    _Unwind_Backtrace(step, &walked);
}

static void on_signal(int number, siginfo_t *info, void *context) {
    (void)number;
    (void)info;
    uint32_t expected = ASKED;
    // Too late: the question was withdrawn.
    if (!__atomic_compare_exchange_n(&state, &expected, TAKEN, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) return;
    int error_number = errno;
    gv_glance now;
    has_moved = !gv_hubs_glance_here(&now) || !gv_glance_equals(&now, &question);
    if (!has_moved) {
        const gv_greenlet *greenlet = gv_this_hub->current;
        told.serial = greenlet->serial;
        copy(told.name, greenlet->name, sizeof told.name);
        copy(told.site, greenlet->site_file, sizeof told.site);
        told.line = greenlet->site_line;
        walk(context);
    }
    __atomic_store_n(&state, TOLD, __ATOMIC_RELEASE);
    gv_libc.sem_post(&answered);
    errno = error_number;
}

static _Unwind_Reason_Code stop(struct _Unwind_Context *frame, void *argument) {
    (void)frame;
    (void)argument;
    return _URC_END_OF_STACK;
}

static void prepare(void) {
    // The first walk of a process may have the linker look for the unwinder, which no handler may do.
    _Unwind_Backtrace(stop, NULL);
    sem_init(&answered, 0, 0);
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART}, present;
    sigfillset(&action.sa_mask);
    // A fault in the handler must still be told by those whose business that is.
    sigdelset(&action.sa_mask, SIGSEGV);
    sigdelset(&action.sa_mask, SIGBUS);
    for (int number = SIGRTMAX - 1; number >= SIGRTMIN; number--) {
        if (gv_libc.sigaction(number, 0, &present) != 0 || present.sa_handler != SIG_DFL) continue;
        if (gv_libc.sigaction(number, &action, 0) != 0) continue;
        // An emulator of another processor keeps some numbers for itself, and says so here only.
        if (syscall(SYS_tgkill, getpid(), gv_thread_identifier(), number) != 0) continue;
        signal_number = number;
        return;
    }
}

int gv_sample_prepare(void) {
    gv_libc.pthread_once(&once, prepare);
    return signal_number;
}

void gv_sample_admit(void) {
    sigset_t ours;
    sigemptyset(&ours);
    if (signal_number != 0) sigaddset(&ours, signal_number);
    pthread_sigmask(SIG_UNBLOCK, &ours, 0);
}

static uint64_t moment_after(uint64_t nanoseconds) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec + nanoseconds;
}

gv_answer gv_sample_take(const gv_glance *glance, gv_sample *sample, uint64_t patience) {
    if (signal_number == 0) return GV_SILENT;
    memset(&told, 0, sizeof told);
    question = *glance;
    __atomic_store_n(&state, ASKED, __ATOMIC_RELEASE);
    // A number that another thread has by now is no harm: that one finds that it was not meant.
    bool is_sent = syscall(SYS_tgkill, getpid(), glance->thread, signal_number) == 0;
    uint64_t end = moment_after(is_sent ? patience : 0);
    while (__atomic_load_n(&state, __ATOMIC_ACQUIRE) != TOLD) {
        if (gv_semaphore_wait_until(&answered, end) != -ETIMEDOUT) continue;
        uint32_t expected = ASKED;
        if (__atomic_compare_exchange_n(&state, &expected, NOBODY, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
            return is_sent ? GV_SILENT : GV_MOVED_ON;
        }
        // It has begun, and ends soon.
        end = moment_after(1000000);
    }
    __atomic_store_n(&state, NOBODY, __ATOMIC_RELEASE);
    if (has_moved) return GV_MOVED_ON;
    *sample = told;
    return GV_ANSWERED;
}
