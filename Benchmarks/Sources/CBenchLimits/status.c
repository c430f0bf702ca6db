// SPDX-License-Identifier: Apache-2.0
#include "include/bench_limits.h"

#include <stdio.h>
#include <string.h>

double bench_share_waited(void) {
    FILE *schedule = fopen("/proc/self/schedstat", "r");
    if (!schedule) return 0;
    double ran = 0, waited = 0;
    if (fscanf(schedule, "%lf %lf", &ran, &waited) != 2 || ran == 0) waited = 0;
    fclose(schedule);
    return waited > 0 ? waited / (ran + waited) : 0;
}

int64_t limit_status_bytes(const char *field) {
    FILE *status = fopen("/proc/self/status", "r");
    if (!status) return 0;
    char line[256];
    long long kilobytes = 0;
    size_t length = strlen(field);
    while (fgets(line, sizeof line, status)) {
        if (strncmp(line, field, length) == 0 && line[length] == ':') {
            sscanf(line + length + 1, "%lld", &kilobytes);
            break;
        }
    }
    fclose(status);
    return kilobytes * 1024;
}
