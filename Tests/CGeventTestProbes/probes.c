// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_probes.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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

__attribute__((noinline)) static uint64_t descend(uintptr_t end) {
    volatile char frame[1024];
    memset((void *)frame, 1, sizeof frame);
    if ((uintptr_t)__builtin_frame_address(0) <= end) return frame[7];
    return descend(end) + frame[end % sizeof frame];
}

uint64_t gv_probe_use_stack(size_t bytes) { return descend((uintptr_t)__builtin_frame_address(0) - bytes); }

__attribute__((noinline)) uint64_t gv_probe_overflow_widely(uint64_t depth) {
    volatile char frame[60 * 1024];
    frame[0] = (char)depth;
    return gv_probe_overflow_widely(depth + 1) + frame[0];
}

int gv_probe_limit_address_space(uint64_t bytes) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0) return errno;
    limit.rlim_cur = bytes;
    return setrlimit(RLIMIT_AS, &limit) == 0 ? 0 : errno;
}

static void on_fault(int number) {
    static const char text[] = "the handler of before\n";
    _exit(write(STDERR_FILENO, text, sizeof text - 1) < 0 ? 4 : number == SIGSEGV ? 3 : 5);
}

static void on_described_fault(int number, siginfo_t *info, void *context) {
    // What a handler with SA_SIGINFO can be told of a fault is where it was.
    if (!info || !info->si_addr || !context) _exit(6);
    on_fault(number);
}

void gv_probe_catch_faults(int described) {
    struct sigaction action = {.sa_flags = SA_ONSTACK};
    if (described) {
        action.sa_flags |= SA_SIGINFO;
        action.sa_sigaction = on_described_fault;
    } else {
        action.sa_handler = on_fault;
    }
    sigaction(SIGSEGV, &action, 0);
    sigaction(SIGBUS, &action, 0);
}

int gv_probe_open_descriptors(void) {
    int count = 0;
    for (int number = 0; number < 1024; number++) count += fcntl(number, F_GETFD) >= 0;
    return count;
}

void gv_probe_keep_no_backtraces(void) {
    static const char *const hooks[] = {"_swift_willThrow", "_swift_willThrowTypedImpl"};
    for (int i = 0; i < 2; i++) {
        void **hook = dlsym(RTLD_DEFAULT, hooks[i]);
        if (hook) __atomic_store_n(hook, 0, __ATOMIC_RELEASE);
    }
}

static const char restarted[] = "GEVENT_TEST_RESTARTED";

int gv_probe_start_again(void) {
    setenv(restarted, "1", 1);
    char *arguments[] = {"/proc/self/exe", 0};
    execv(arguments[0], arguments);
    return errno;
}

// Before main(), where Swift's concurrency has not taken the first thread for itself yet.
__attribute__((constructor)) static void begin(void) {
    if (getenv(restarted) && gv_probe_main) gv_probe_main();
}

void gv_probe_set_environment(const char *name, const char *value) { setenv(name, value, 1); }

int gv_probe_read_byte(int fd) {
    char byte;
    return read(fd, &byte, 1) == 1 ? byte : -1;
}

void gv_probe_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, 0);
}

__attribute__((noinline)) static uint64_t call_below(uintptr_t end, gv_probe_call call, void *context) {
    volatile char frame[1024];
    memset((void *)frame, 1, sizeof frame);
    if ((uintptr_t)__builtin_frame_address(0) > end) return call_below(end, call, context) + frame[end % sizeof frame];
    call(context);
    return frame[7];
}

uint64_t gv_probe_call_deep(size_t bytes, gv_probe_call call, void *context) {
    return call_below((uintptr_t)__builtin_frame_address(0) - bytes, call, context);
}
