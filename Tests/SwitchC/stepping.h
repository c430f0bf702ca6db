// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Takes a backtrace at every single instruction of a switch.
void test_stepping(void);
