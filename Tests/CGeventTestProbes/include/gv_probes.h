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

/// Uses `bytes` of stack and at most 2 KiB more, in small frames, every page of it touched.
uint64_t gv_probe_use_stack(size_t bytes);

/// Recurses without end in frames of 60 KiB of which only the lowest bytes are touched.
uint64_t gv_probe_overflow_widely(uint64_t depth);

/// Limits the address space of the process (RLIMIT_AS), so that it can be raised again; 0 or an errno.
int gv_probe_limit_address_space(uint64_t bytes);

/// Makes a fault write "the handler of before" to standard error and end the process: with status 3
/// for SIGSEGV. A described one is told the details (SA_SIGINFO).
void gv_probe_catch_faults(int described);

/// How many descriptors below 1024 are open.
int gv_probe_open_descriptors(void);

/// Takes Swift Testing's hook off the runtime, which keeps a backtrace of every error ever thrown.
void gv_probe_keep_no_backtraces(void);

/// Begins the process again, to run nothing but `gv_probe_main`; returns only if it fails, an errno.
///
/// Swift's concurrency uses the first thread of a test process up, so this is the way to be on it.
int gv_probe_start_again(void);

/// Called on the first thread of a process that was started again; the tests define it.
extern void gv_probe_main(void) __attribute__((weak));

/// Reads a byte, as a library does that knows of no greenlets: blocks until there is one.
int gv_probe_read_byte(int fd);

/// Blocks every signal on this thread.
void gv_probe_block_signals(void);

/// Uses `bytes` of stack, and calls back on top of them.
uint64_t gv_probe_call_deep(size_t bytes, gv_probe_call call, void *context);

/// Sets a variable of the environment.
void gv_probe_set_environment(const char *name, const char *value);

#ifdef __cplusplus
}
#endif
#endif
