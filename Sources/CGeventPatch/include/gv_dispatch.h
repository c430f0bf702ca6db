// SPDX-License-Identifier: Apache-2.0
// Which dispatch queue a thread is in: words of libdispatch's, of which each greenlet needs its own.
//
// `dispatch_sync` calls its block on the thread of its caller. A greenlet that waits in such a block must not leave the
// thread in that queue: others would seem to be in it, and once they had entered queues of their own, so would it in theirs.
#ifndef GV_DISPATCH_H
#define GV_DISPATCH_H

/// Where a greenlet is among the queues of libdispatch.
typedef struct gv_dispatch_place {
    void *queue;
    void *frame;
} gv_dispatch_place;

/// Looks for the words, once a process. Without libdispatch, or in one that has them otherwise, nothing is ever changed.
void gv_dispatch_find(void);

/// Takes the thread out of all queues that the caller's stack is in.
gv_dispatch_place gv_dispatch_leave(void);

/// Puts it back.
void gv_dispatch_return(gv_dispatch_place place);

#endif
