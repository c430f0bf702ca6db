// SPDX-License-Identifier: Apache-2.0
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

/// Runs this program again with two arguments, and reads up to `capacity` numbers from its standard
/// output, one a line.
///
/// - Returns: How many numbers it wrote; less than zero if it could not be run or failed.
int child_measure(const char *first, const char *second, double *values, int capacity);

#endif
