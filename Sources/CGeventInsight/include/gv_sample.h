// SPDX-License-Identifier: Apache-2.0
// What the greenlet that holds a hub is, and where it is: told by its own thread, in a signal handler.
#ifndef GV_SAMPLE_H
#define GV_SAMPLE_H

#include <gv_hubs.h>
#include <stdbool.h>
#include <stdint.h>

enum { GV_SAMPLE_FRAMES = 96 };

/// A greenlet in the middle of something.
typedef struct gv_sample {
    uint64_t serial;
    char name[208];          // empty if it has none
    char site[256];          // the file that it was spawned in, empty if that is not known
    uint32_t line;
    uint32_t frame_count;
    uintptr_t frames[GV_SAMPLE_FRAMES];  // where it is, then where each call returns to
} gv_sample;

/// How a thread answered.
typedef enum gv_answer {
    GV_ANSWERED,
    GV_MOVED_ON,             // it has switched since
    GV_SILENT,               // it did not: it blocks the signal, or waits where none gets through
} gv_answer;

/// Prepares the signal: a real-time one that nobody handles. Once a process; returns its number, or 0 if there is none.
int gv_sample_prepare(void);

/// Lets the signal through to this thread: one that was started by a worker of Dispatch blocks all of them.
void gv_sample_admit(void);

/// Asks the thread that `glance` was taken of. One asker at a time.
///
/// The signal ends its call with `EINTR`, where that is not one which the kernel begins again.
gv_answer gv_sample_take(const gv_glance *glance, gv_sample *sample, uint64_t patience);

/// Reads the name and the spawn site from outside, where the thread does not answer. False if it has switched since.
bool gv_sample_peek(const gv_glance *glance, gv_sample *sample);

#endif
