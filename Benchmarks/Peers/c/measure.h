// SPDX-License-Identifier: Apache-2.0
// What every program here measures with. Figures go to standard output as NAME=VALUE, on one line.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline uint64_t nanoseconds_of(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static inline uint64_t now(void) { return nanoseconds_of(CLOCK_MONOTONIC); }

static inline double cpu_seconds(void) { return (double)nanoseconds_of(CLOCK_PROCESS_CPUTIME_ID) / 1e9; }

static inline double each(long count, uint64_t start) { return (double)(now() - start) / (double)count; }

static inline long resident_bytes(void) {
    long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
    if (file) fclose(file);
    return resident * 4096;
}

// Whether the first word of the command line is this one.
static inline int asked(char **arguments, const char *word) { return strcmp(arguments[1], word) == 0; }

static inline long number(int count, char **arguments, int index) {
    if (count <= index) {
        fprintf(stderr, "usage: %s WORKLOAD COUNT\n", arguments[0]);
        exit(2);
    }
    return atol(arguments[index]);
}
