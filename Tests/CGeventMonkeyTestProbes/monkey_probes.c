// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "include/gv_monkey_probes.h"
#include <CGeventPatch.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

int gv_probe_lock(int fd, int command) {
    struct flock lock = {.l_type = F_WRLCK};
    return gv_call_fcntl(fd, command, &lock);
}

int gv_probe_unlock(int fd) {
    struct flock lock = {.l_type = F_UNLCK};
    return gv_call_fcntl(fd, F_SETLK, &lock);
}

int gv_probe_flock(int fd, int operation) { return flock(fd, operation); }

int gv_probe_syncfs(int fd) { return syncfs(fd); }

int gv_probe_sync_file_range(int fd, int64_t offset, int64_t length, unsigned flags) {
    return sync_file_range(fd, offset, length, flags);
}

int gv_probe_fallocate(int fd, int mode, int64_t offset, int64_t length) { return fallocate(fd, mode, offset, length); }

// The shell itself has to look: it gives the programs that it starts an empty mask.
bool gv_probe_shell_has_mask(void) {
    char line[128], command[256] = "false";
    FILE *status = fopen("/proc/thread-self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "SigBlk: %64s", line) == 1)
            snprintf(
                command, sizeof command,
                "while read -r name mask; do [ $name.$mask != SigBlk:.%.64s ] || exit 9; done </proc/self/status",
                line);
    if (status) fclose(status);
    return gv_probe_exit_code(gv_call_system(command)) == 9;
}

int gv_probe_get(int fd, int command) { return gv_call_fcntl(fd, command); }

static void await(int gate) {
    struct pollfd entry = {.fd = gate, .events = POLLIN};
    if (gate >= 0) poll(&entry, 1, -1);
}

int gv_probe_hold_lock(const char *path, int gate) {
    int told[2];
    if (pipe(told) != 0) abort();
    pid_t child = fork();
    if (child == 0) {
        int fd = open(path, O_RDWR);
        struct flock lock = {.l_type = F_WRLCK};
        if (fcntl(fd, F_SETLK, &lock) != 0 || write(told[1], "", 1) != 1) _exit(1);
        await(gate);
        _exit(0);
    }
    char byte;
    close(told[1]);
    if (read(told[0], &byte, 1) != 1) child = -1;
    close(told[0]);
    return child;
}

int gv_probe_child(int gate, int status) {
    pid_t child = fork();
    if (child != 0) return child;
    await(gate);
    _exit(status);
}

int gv_probe_stopping_child(int status) {
    pid_t child = fork();
    if (child != 0) return child;
    raise(SIGSTOP);
    _exit(status);
}

int gv_probe_fork(const char *name) {
    pid_t (*forks)(void) = !strcmp(name, "fork") ? gv_call_fork : gv_call_vfork;
    if (!strcmp(name, "_Fork")) forks = gv_call_bare_fork;
    pid_t child = forks();
    if (child != 0) return child;
    struct timespec time = {.tv_nsec = 1000000}, start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int answer = gv_call_nanosleep(&time, 0);
    clock_gettime(CLOCK_MONOTONIC, &end);
    int64_t slept = (end.tv_sec - start.tv_sec) * 1000000000 + end.tv_nsec - start.tv_nsec;
    _exit(answer == 0 && slept >= time.tv_nsec ? 0 : 1);
}

int gv_probe_waitid(int child, int *code) {
    siginfo_t info;
    int answer = gv_call_waitid(P_PID, (id_t)child, &info, WEXITED);
    *code = answer == 0 ? info.si_status : errno;
    return answer == 0 ? info.si_pid : -1;
}

int gv_probe_wait(int fd) {
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    return (int)gv_patch_hooks.wait(&entry, 1, GV_FOREVER);
}

int gv_probe_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

int gv_probe_make_file(char *path) { return mkostemp(path, O_CLOEXEC); }

int gv_probe_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
