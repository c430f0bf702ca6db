// SPDX-License-Identifier: Apache-2.0
// What the tests need from C and C++: exceptions, wide frames, floating-point modes, limits.
#ifndef GV_PROBES_H
#define GV_PROBES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Called in the middle of a probe.
typedef void (*gv_probe_call)(void *context);

/// Throws `number` as a C++ exception, calls back inside of the handler, rethrows by `throw;`, and
/// returns what the handler further out has caught.
int gv_probe_rethrow(int number, gv_probe_call call, void *context);

/// Sets errno, calls back, and returns errno.
int gv_probe_errno(int number, gv_probe_call call, void *context);

/// Rounds upwards, calls back, and returns whether rounding is upwards still.
int gv_probe_rounding(gv_probe_call call, void *context);

/// Whether this thread rounds to the nearest now.
int gv_probe_rounds_to_nearest(void);

/// Uses about `bytes` of stack, in small frames, every page of it touched.
uint64_t gv_probe_use_stack(size_t bytes);

/// Recurses without end in frames of 60 KiB of which only the lowest bytes are touched.
uint64_t gv_probe_overflow_widely(uint64_t depth);

/// Limits the address space of the process (RLIMIT_AS); 0 or an errno.
int gv_probe_limit_address_space(uint64_t bytes);

/// Sets a variable of the environment.
void gv_probe_set_environment(const char *name, const char *value);

#ifdef __cplusplus
}
#endif
#endif
