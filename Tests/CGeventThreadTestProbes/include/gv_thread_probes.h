// SPDX-License-Identifier: Apache-2.0
// Small programs with threads, written as for the C library. Each answers 0, or the line of the check that failed.
#ifndef GV_THREAD_PROBES_H
#define GV_THREAD_PROBES_H

int gv_probe_lists(void);
int gv_probe_mutex_kinds(void);
int gv_probe_mutex_limits(void);
int gv_probe_mutex_fairness(void);
int gv_probe_cond_limits(void);
int gv_probe_cond_signals(void);
int gv_probe_semaphores(void);
int gv_probe_semaphore_limits(void);
int gv_probe_rwlocks(void);
int gv_probe_once(void);
int gv_probe_barriers(void);
int gv_probe_spinning(void);
int gv_probe_names(void);
int gv_probe_joining(void);
int gv_probe_keys(void);
int gv_probe_leaving(void);
int gv_probe_cancelling(void);
int gv_probe_c11(void);
int gv_probe_stacks(void);

/// With threads of the operating system on the other side.
int gv_probe_native_mutex(void);
int gv_probe_native_semaphore(void);
int gv_probe_native_cond(void);
int gv_probe_native_join(void);

/// How often a wait for a semaphore that nobody posts for a while was ended.
int gv_probe_struck_semaphore(int *interruptions);
/// Whether a wait for a condition was ended before the condition held.
int gv_probe_struck_cond(void);

/// The first by the names of the C library, as a program that knows nothing of greenlets has it.
int gv_plain_lists(void);
/// How many threads of the operating system it took at most.
int gv_plain_native_threads(void);

#endif
