// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_patch_probes.h"
#include <dlfcn.h>
#include <errno.h>
#include <gv_area.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned answer(void) { return GV_PROBE_ANSWER; }

#define STAND_IN(bit, call)                                                                                    \
    static const gv_stand_in entry_##call                                                                      \
        __attribute__((section("gv_stand_ins"), used, retain, aligned(__alignof__(gv_stand_in)))) = {          \
            .name = #call, .function = (void *)answer, .area = bit}

STAND_IN(GV_PROBE_AREA, getuid);
STAND_IN(GV_PROBE_AREA, getgid);
STAND_IN(GV_AREA_TIME, getppid);
STAND_IN(GV_AREA_SOCKET, getpgrp);
STAND_IN(GV_AREA_THREADS, getegid);

long gv_probe_call_plain(void *function) { return ((unsigned (*)(void))function)(); }

void *gv_probe_call_open(void *function, const char *text) { return ((void *(*)(const char *))function)(text); }

long gv_probe_getuid(void) { return getuid(); }
long gv_probe_getppid(void) { return getppid(); }
long gv_probe_getpgrp(void) { return getpgrp(); }
long gv_probe_getegid(void) { return getegid(); }

static atomic_bool hammers, churns;
static pthread_t hammer, churn;
static void *hammered;
static long expected[2], wrong;
static atomic_long calls;
static long loads;
static const char *churned;

static void *hammer_on(void *unused) {
    (void)unused;
    while (hammers) {
        long found = gv_probe_call_plain(hammered);
        if (found != expected[0] && found != expected[1]) wrong++;
        calls++;
    }
    return 0;
}

void gv_probe_hammer_start(void *function, long one, long other) {
    hammered = function;
    expected[0] = one;
    expected[1] = other;
    hammers = true;
    pthread_create(&hammer, 0, hammer_on, 0);
    while (!calls) sched_yield();
}

long gv_probe_hammer_stop(void) {
    hammers = false;
    pthread_join(hammer, 0);
    return calls ? wrong : -1;
}

static void *churn_on(void *unused) {
    (void)unused;
    while (churns) {
        void *handle = dlopen(churned, RTLD_LAZY);
        if (!handle) break;
        loads++;
        dlclose(handle);
    }
    return 0;
}

void gv_probe_churn_start(const char *path) {
    churned = path;
    churns = true;
    pthread_create(&churn, 0, churn_on, 0);
}

long gv_probe_churn_stop(void) {
    churns = false;
    pthread_join(churn, 0);
    return loads;
}

int gv_probe_seal(void *address, size_t size) {
    enum { NUMBER_OF_MSEAL = 462 };
    return syscall(NUMBER_OF_MSEAL, address, size, 0ul) == 0 ? 0 : errno;
}
