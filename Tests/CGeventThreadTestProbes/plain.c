// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "include/gv_thread_probes.h"
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include "lists.h"

static int native_threads(void) {
    DIR *tasks = opendir("/proc/self/task");
    int count = -2;
    while (tasks && readdir(tasks)) count++;
    if (tasks) closedir(tasks);
    return count;
}

int gv_plain_lists(void) { return run_lists(); }

static void *count_threads(void *argument) {
    int count = native_threads(), *most = argument;
    if (count > *most) *most = count;
    sched_yield();
    return argument;
}

int gv_plain_native_threads(void) {
    pthread_t threads[4];
    int most = 0, before = native_threads();
    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], NULL, count_threads, &most) != 0) return -1;
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    return most - before;
}
