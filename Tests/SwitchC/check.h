// SPDX-License-Identifier: Apache-2.0
// Named checks, reported as lines of TAP.
#pragma once

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Prints `ok - name` or `not ok - name`, the name being a printf format.
__attribute__((format(printf, 2, 3))) void check(bool passed, const char *name, ...);

/// How many checks have failed so far.
int failed_checks(void);

#ifdef __cplusplus
}
#endif
