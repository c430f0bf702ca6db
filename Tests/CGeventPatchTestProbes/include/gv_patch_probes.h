// SPDX-License-Identifier: Apache-2.0
// Stand-ins for calls that nobody minds, so that tests of the patch need none of the real ones.
#ifndef GV_PATCH_PROBES_H
#define GV_PATCH_PROBES_H

#include <stddef.h>
#include <stdint.h>

/// An area of the tests' own: `getuid` and `getgid`.
#define GV_PROBE_AREA (1u << 20)

/// What the stand-ins answer. `getppid` is of area time, `getpgrp` of socket, `getegid` of threads.
enum { GV_PROBE_ANSWER = 471147 };

/// Calls a function without parameters.
long gv_probe_call_plain(void *function);

/// Calls a function with a text, for an address.
void *gv_probe_call_open(void *function, const char *text);

/// `getuid`, and the others, as this object calls them.
long gv_probe_getuid(void);
long gv_probe_getppid(void);
long gv_probe_getpgrp(void);
long gv_probe_getegid(void);

/// Has a thread call `function` without end, and counts the answers that are neither `one` nor `other`.
void gv_probe_hammer_start(void *function, long one, long other);
/// Ends that. The count, or -1 if it was not called at all.
long gv_probe_hammer_stop(void);

/// Has a thread load and unload the object at `path` without end.
void gv_probe_churn_start(const char *path);
/// Ends that. How often it was loaded.
long gv_probe_churn_stop(void);

/// Forbids changes of the protection of these pages, for good. 0, or the error number: Linux before 6.10 cannot.
int gv_probe_seal(void *address, size_t size);

#endif
