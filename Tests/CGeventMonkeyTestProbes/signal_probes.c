// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "include/gv_monkey_probes.h"
#include <CGeventPatch.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t handled, code;
static volatile int64_t slept;
static __thread sigjmp_buf target;

void gv_probe_handler(int number) {
    (void)number;
    struct timespec time = {.tv_nsec = 2000000}, start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    gv_call_nanosleep(&time, 0);
    clock_gettime(CLOCK_MONOTONIC, &end);
    slept = (end.tv_sec - start.tv_sec) * 1000000000 + end.tv_nsec - start.tv_nsec;
    handled = handled + 1;
}

void gv_probe_info_handler(int number, siginfo_t *info, void *context) {
    (void)number;
    code = context ? info->si_code : -1;
    handled = handled + 1;
}

void gv_probe_jumping_handler(int number) {
    (void)number;
    siglongjmp(target, 1);
}

void gv_probe_reset(void) {
    handled = 0;
    slept = 0;
}

int gv_probe_handled(void) { return handled; }
int gv_probe_code(void) { return code; }
int64_t gv_probe_slept_in_handler(void) { return slept; }

__attribute__((noinline)) static int raise_deeply(int number, int depth) {
    volatile char room[512];
    memset((char *)room, depth, sizeof room);
    if (depth > 0) return raise_deeply(number, depth - 1) + room[7];
    return raise(number);
}

void gv_probe_jump_out(int number, int depth) {
    if (sigsetjmp(target, 1) == 0) raise_deeply(number, depth);
}

int gv_probe_install(int number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    return gv_call_sigaction(number, &action, 0);
}

int gv_probe_install_info(int number, int flags) {
    struct sigaction action = {.sa_sigaction = gv_probe_info_handler, .sa_flags = flags | SA_SIGINFO};
    return gv_call_sigaction(number, &action, 0);
}

int gv_probe_disposition(int number) {
    struct sigaction action;
    if (gv_call_sigaction(number, 0, &action) != 0) return -1;
    if (action.sa_handler == SIG_DFL) return GV_PROBE_DEFAULT;
    if (action.sa_handler == SIG_IGN) return GV_PROBE_IGNORED;
    return action.sa_handler == gv_probe_handler ? GV_PROBE_HANDLER : GV_PROBE_OTHER;
}

int gv_probe_flags(int number) {
    struct sigaction action;
    return gv_call_sigaction(number, 0, &action) == 0 ? action.sa_flags & ~0x04000000 : -1; // SA_RESTORER
}

void gv_probe_raise(int number) { raise(number); }

static void change(int how, int number) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(how, &set, 0);
}

void gv_probe_block(int number) { change(SIG_BLOCK, number); }
void gv_probe_unblock(int number) { change(SIG_UNBLOCK, number); }

bool gv_probe_is_blocked(int number) {
    sigset_t set;
    pthread_sigmask(SIG_BLOCK, 0, &set);
    return sigismember(&set, number);
}

void gv_probe_set_alternate_stack(void) {
    stack_t stack = {.ss_sp = malloc(1 << 16), .ss_size = 1 << 16};
    if (sigaltstack(&stack, 0) != 0) abort();
}
