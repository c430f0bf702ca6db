// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_task.h"
#include <fcntl.h>
#include <gv_libc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

// The start of a file below /proc/self/task; false if it cannot be read.
static bool read_task(int thread, const char *file, char *text, size_t capacity) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/%s", thread, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t count = gv_libc.read(fd, text, capacity - 1);
    gv_libc.close(fd);
    if (count <= 0) return false;
    text[count] = 0;
    return true;
}

// "running", "-1 SP PC" outside of a call, or "NUMBER" with six arguments, SP and PC (proc_pid_syscall(5)).
static bool look_at_call(int thread, gv_task *task) {
    char text[256];
    if (!read_task(thread, "syscall", text, sizeof text)) return false;
    if (strncmp(text, "running", 7) == 0) {
        task->kind = GV_TASK_COMPUTES;
        return true;
    }
    unsigned long long sp, pc;
    if (sscanf(text, "%ld %*x %*x %*x %*x %*x %*x %llx %llx", &task->call, &sp, &pc) == 3) {
        task->kind = GV_TASK_CALLS;
    } else if (sscanf(text, "%ld %llx %llx", &task->call, &sp, &pc) == 3) {
        task->kind = GV_TASK_FAULTS;
    } else {
        return false;
    }
    task->stack_pointer = sp;
    task->program_counter = pc;
    return true;
}

gv_task gv_task_look(int thread) {
    gv_task task = {.kind = GV_TASK_UNKNOWN, .call = -1};
    if (look_at_call(thread, &task)) return task;
    task = (gv_task){.kind = GV_TASK_UNKNOWN, .call = -1};
    // The kernel was built without it, or a sandbox hides it: the state is told everywhere.
    char text[256];
    if (!read_task(thread, "stat", text, sizeof text)) return task;
    // The name of the thread is in brackets, and may have brackets in it.
    const char *end = strrchr(text, ')');
    if (!end || end[1] != ' ') return task;
    task.kind = end[2] == 'R' ? GV_TASK_COMPUTES : GV_TASK_CALLS;
    return task;
}

uint64_t gv_task_processor_time(int thread) {
    // The clock of a thread by its number, as the C library makes it of a pthread_t (clock_getcpuclockid(3) has the
    // same for processes): the number inverted, then a bit for "of a thread" and two for "time scheduled".
    clockid_t clock = (clockid_t)((~(unsigned)thread << 3) | 6u);
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}
