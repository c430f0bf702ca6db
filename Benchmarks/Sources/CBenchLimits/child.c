// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/bench_child.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int start(const char *first, const char *second, int output, pid_t *child) {
    char *arguments[] = {"bench", (char *)first, (char *)second, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    int error = posix_spawn(child, "/proc/self/exe", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int child_measure(const char *first, const char *second, double *values, int capacity) {
    int ends[2];
    pid_t child;
    if (pipe2(ends, O_CLOEXEC)) return -1;
    int error = start(first, second, ends[1], &child);
    close(ends[1]);
    if (error) {
        close(ends[0]);
        return -1;
    }
    FILE *output = fdopen(ends[0], "r");
    int count = 0, status = 0;
    while (count < capacity && fscanf(output, "%lf", &values[count]) == 1) count++;
    fclose(output);
    if (waitpid(child, &status, 0) != child || status != 0) return -1;
    return count;
}
