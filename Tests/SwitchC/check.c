// SPDX-License-Identifier: Apache-2.0
#include "check.h"

#include <stdarg.h>
#include <stdio.h>

static int failures;

void check(bool passed, const char *name, ...) {
    va_list arguments;
    va_start(arguments, name);
    printf(passed ? "ok - " : "not ok - ");
    vprintf(name, arguments);
    printf("\n");
    fflush(stdout);
    va_end(arguments);
    if (!passed) failures++;
}

int failed_checks(void) {
    return failures;
}
