// SPDX-License-Identifier: Apache-2.0
// Called by the dynamic linker before the program's main, after the constructors of all libraries that it was linked with.
#define _GNU_SOURCE
#include "include/gv_preload.h"
#include <stdlib.h>
#include <string.h>

// The value is changed where it lies: a program may have been given the environment as an argument of main already.
static void leave_preload_list(void) {
    char *list = getenv("LD_PRELOAD");
    if (!list) return;
    char *others = strchr(list, ':');
    if (others) memmove(list, others + 1, strlen(others + 1) + 1);
    else unsetenv("LD_PRELOAD");
}

__attribute__((constructor)) static void begin(void) {
    const char *areas = getenv(GV_RUN_AREAS);
    // Loaded by somebody else, who has not asked for anything.
    if (!areas) return;
    char *wanted = strdup(areas);
    int is_verbose = getenv(GV_RUN_VERBOSE) != NULL;
    if (!getenv(GV_RUN_CHILDREN)) {
        leave_preload_list();
        unsetenv(GV_RUN_AREAS);
        unsetenv(GV_RUN_VERBOSE);
    }
    if (!wanted) abort();
    gv_preload_begin(wanted, is_verbose);
    free(wanted);
}
