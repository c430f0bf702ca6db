// SPDX-License-Identifier: Apache-2.0
// Situations in which a call of the C library and its stand-in must answer alike.
//
// A case sets up descriptors, has a peer act on them, makes one call, and writes down what came of it: result, errno, bytes,
// and what the next calls say. It is run with the real calls on a thread, and with the stand-ins on a greenlet whose peer is
// a greenlet too: a stand-in that held up the thread would never see its peer act.
#ifndef GV_CALL_PROBES_H
#define GV_CALL_PROBES_H

#include <stddef.h>

enum { GV_REPORT_BYTES = 512 };

/// How a case has somebody else act: `act(context)` runs a little later, beside the call.
typedef void (*gv_probe_spawn)(void (*act)(void *context), void *context);

/// Sleeps where `act` runs, for so many milliseconds.
typedef void (*gv_probe_pause)(int milliseconds);

/// A family of cases.
typedef struct gv_probe_family {
    const char *name;
    size_t count;
} gv_probe_family;

/// NULL past the last one.
const gv_probe_family *gv_probe_family_at(size_t index);

/// Runs one case with the stand-ins; `report` has GV_REPORT_BYTES.
void gv_probe_run(size_t family, size_t index, gv_probe_spawn spawn, gv_probe_pause pause, char *report);

/// Runs all cases of a family with the real calls, on threads; `reports` has GV_REPORT_BYTES for each.
void gv_probe_run_really(size_t family, char *reports);

/// What a case is about.
void gv_probe_describe(size_t family, size_t index, char *report);

/// A call that nobody ends, by name; NULL past the last one.
const char *gv_probe_endless_at(size_t index);

/// Makes it by its stand-in, and writes down what came of it.
void gv_probe_endless(size_t index, char *report);

/// Makes calls that never wait, until `stop` is set or so many were made. How many it were.
long gv_probe_never_waits(const int *stop, long most);

#endif
