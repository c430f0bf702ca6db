// SPDX-License-Identifier: Apache-2.0
// What the kernel says about a thread of this process, without disturbing it.
#ifndef GV_TASK_H
#define GV_TASK_H

#include <stdbool.h>
#include <stdint.h>

/// What a thread is at.
typedef enum gv_task_kind {
    GV_TASK_UNKNOWN,         // it has ended, or the kernel does not tell
    GV_TASK_COMPUTES,        // it runs, or waits for a processor only
    GV_TASK_CALLS,           // it waits in a system call
    GV_TASK_FAULTS,          // it waits for memory
} gv_task_kind;

typedef struct gv_task {
    gv_task_kind kind;
    long call;               // the number of the system call; -1 if it is not known
    uint64_t stack_pointer;
    uint64_t program_counter;
} gv_task;

/// Looks at a thread.
///
/// Call: `/proc/self/task/TID/syscall`, else `stat` beside it.
gv_task gv_task_look(int thread);

/// How many nanoseconds a thread has had a processor for; 0 if it has ended.
///
/// Call: `clock_gettime`.
uint64_t gv_task_processor_time(int thread);

/// The name of a system call that may block; NULL for others.
const char *gv_call_name(long number);

#endif
