// SPDX-License-Identifier: Apache-2.0
// Runs the user's signal handlers, so that patched calls know that they are inside of one, and pause() that one has
// run.
#ifndef GV_HANDLERS_H
#define GV_HANDLERS_H

#include <signal.h>
#include <stdbool.h>

typedef void (*gv_plain_handler)(int number);
typedef void (*gv_info_handler)(int number, siginfo_t *info, void *context);

/// The user's handlers by signal, with SA_SIGINFO and without. Written with all signals blocked.
extern gv_plain_handler gv_plain_handlers[_NSIG];
extern gv_info_handler gv_info_handlers[_NSIG];

/// What the kernel calls in their place.
void gv_deliver_plain(int number);
void gv_deliver_info(int number, siginfo_t *info, void *context);

/// Somebody who waits until a handler has run on this thread. Lies on the stack of who waits.
typedef struct gv_handler_waiter {
    struct gv_handler_waiter *next;
    int event;                // an eventfd to write to; -1 if there was none to be had
    volatile bool has_run;
} gv_handler_waiter;

void gv_handler_waiter_add(gv_handler_waiter *waiter);
void gv_handler_waiter_remove(gv_handler_waiter *waiter);

/// Takes over handlers that were installed by calls that are not patched, so that they are noticed too.
void gv_handlers_adopt(void);

/// In a forked child: the lock may have been another thread's.
void gv_handlers_forked(void);

#endif
