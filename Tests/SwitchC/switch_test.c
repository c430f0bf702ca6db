// SPDX-License-Identifier: Apache-2.0
// Tests and measures the switch of gv_context.h without Swift; scripts/test-switch runs it.
#include "check.h"
#include "tests.h"

#include <string.h>

int main(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "bench") == 0) {
        bench();
        return 0;
    }
    test_registers();
    test_entry();
    test_architecture();
    test_integrity();
    test_unwinding();
    test_exceptions();
    return failed_checks() == 0 ? 0 : 1;
}
