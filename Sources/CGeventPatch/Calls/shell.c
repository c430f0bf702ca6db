// SPDX-License-Identifier: Apache-2.0
// system and pclose, which wait for their child by inner calls: the real ones, on a thread of the pool.
//
// system is left behind when its greenlet is struck, and its command goes on. pclose is waited for, since nobody else
// could reap its child.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_child_calls.h"
#include "gv_real.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    sigset_t mask;
    int result, error;
    char command[];
} shell_job;

// The command gets the signal mask of the thread that starts it: it has to be the caller's, not the pool's.
static void run_shell(void *context) {
    shell_job *job = context;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, &job->mask, &mask);
    job->result = gv_real.system(job->command);
    job->error = errno;
    pthread_sigmask(SIG_SETMASK, &mask, 0);
}

int gv_call_system(const char *command) {
    if (!gv_may_park() || !command) return gv_real.system(command);
    size_t size = strlen(command) + 1;
    shell_job *job = malloc(sizeof *job + size);
    if (!job) return -1;
    pthread_sigmask(SIG_SETMASK, 0, &job->mask);
    memcpy(job->command, command, size);
    int before = errno;
    if (gv_patch_hooks.offload_owned(GV_POOL_CHILDREN, run_shell, free, job) != 0) {
        errno = ECANCELED;
        return -1;
    }
    int result = job->result;
    errno = result == -1 ? job->error : before;
    free(job);
    return result;
}

typedef struct {
    FILE *stream;
    int result, error;
} close_job;

static void run_close(void *context) {
    close_job *job = context;
    job->result = gv_real.pclose(job->stream);
    job->error = errno;
}

int gv_call_pclose(FILE *stream) {
    if (!gv_may_park()) return gv_real.pclose(stream);
    close_job job = {.stream = stream};
    int before = errno;
    gv_patch_hooks.offload(GV_POOL_CHILDREN, run_close, &job);
    errno = job.result == -1 ? job.error : before;
    return job.result;
}

GV_STAND_IN(GV_AREA_SUBPROCESS, system, gv_call_system);
GV_STAND_IN(GV_AREA_SUBPROCESS, pclose, gv_call_pclose);
