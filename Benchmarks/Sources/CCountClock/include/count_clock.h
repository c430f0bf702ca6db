// SPDX-License-Identifier: Apache-2.0
#ifndef COUNT_CLOCK_H
#define COUNT_CLOCK_H

/// How often this program has looked at its clock; one thread may ask.
long long count_clock_looks(void);

#endif
