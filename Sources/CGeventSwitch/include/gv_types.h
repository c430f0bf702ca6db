// SPDX-License-Identifier: Apache-2.0
// The records of the scheduler. They are C structs because the hot path reaches them by pointer:
// a class instance in their place costs retain, release and access checks at every switch.
#ifndef GV_TYPES_H
#define GV_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gv_ready gv_ready;
typedef struct gv_words gv_words;
typedef struct gv_slots gv_slots;
typedef struct gv_wait_queue gv_wait_queue;
typedef struct gv_waiter gv_waiter;
typedef struct gv_stack gv_stack;
typedef struct gv_greenlet gv_greenlet;
typedef struct gv_callback gv_callback;
typedef struct gv_hub gv_hub;

/// What a place in the ready queue holds.
enum { GV_READY_GREENLET = 0, GV_READY_CALLBACK = 1 };

/// A place in a hub's ready queue; the first member of whatever can stand in it.
///
/// What never changes comes first: where Swift uses a member, ThreadSanitizer notes an access to the first
/// one, and other threads read `flags` and write `next`.
struct gv_ready {
    uint32_t kind;
    /// The greenlet's `GV_IS_…` and `GV_WAS_…` bits; unused in a callback.
    uint32_t flags;
    gv_ready *next;
};

/// The words of thread-local storage that belong to a greenlet and travel with it.
struct gv_words {
    void *access;            // head of libswiftCore's set of open accesses
    void *concurrency[3];    // active task, executor, task-local fallback
    void *exceptions[2];     // the bytes of __cxa_get_globals()
    int error_number;        // errno
    void *access_state[2];   // where the runtime keeps `access`, if we could not find the word
};

/// Where those words are in this thread; a word that was not found points into `gv_hub.spare`.
struct gv_slots {
    void **access;
    void **concurrency;
    void **exceptions;
    int *error_number;
};

/// Waiters in the order they came, and the one-word lock of the primitive that they wait for.
///
/// The lock is not the first member, for the reason given at `gv_ready`.
struct gv_wait_queue {
    gv_waiter *head;
    gv_waiter *tail;
    uint32_t lock;
    uint32_t count;
};

/// A primitive: its line of waiters, and a number under the same lock.
typedef struct gv_primitive {
    gv_wait_queue line;
    int64_t value;           // a count, or whether it is set
    uint32_t notified;       // woken waiters that have not run yet
    uint32_t links;          // functions to be called when it is ready
} gv_primitive;

/// How a wait ended; the first to claim it decides.
enum { GV_WAITING = 0, GV_WOKEN = 1, GV_TIMED_OUT = 2, GV_INTERRUPTED = 3 };

/// One wait: in the record of the greenlet that waits, or in its frame. What a waker needs comes first.
struct gv_waiter {
    gv_waiter *next;
    gv_waiter *previous;
    gv_wait_queue *queue;    // where it stands; NULL once it has left
    uint32_t state;          // GV_WAITING …, changed by compare-and-swap
    uint32_t tag;            // the primitive's own
    gv_greenlet *greenlet;
    void *slot;              // where the waker puts, or from where it takes, what is handed over
    const void *object;      // what is waited for, for reports
    const char *what;        // the same in words
};

/// A descriptor that greenlets of one hub wait for: what is known of it, and who waits. One line of the cache.
///
/// Touched by its hub's thread, but for `references`, and for the lines once the watch ends.
typedef struct gv_descriptor_watch {
    gv_wait_queue readers;
    gv_wait_queue writers;
    bool may_read;           // an event has come since the last try
    bool may_write;
    bool has_ended;          // the peer was seen to send no more
    bool had_urgent;         // urgent bytes were ever seen
    uint32_t references;     // one of the watch, one of the poller while it may report something
    void *on_event;          // what is called for each event, or NULL
} gv_descriptor_watch;

/// A stack; the record lies at its high end.
struct gv_stack {
    void *sp;                // where an idle stack goes on
    gv_stack *next;
    gv_hub *hub;
    char *base;              // lowest usable byte
    size_t size;             // usable bytes
    size_t guard;            // unusable bytes below `base`
    void *fiber;             // ThreadSanitizer's name for it
    void *fake_stack;        // AddressSanitizer's shadow of it
    uint32_t retires;        // not for the idle list: a size of its own, or one too many
    uint32_t used;           // ran something since its deep pages were given back
};

/// Bits of `gv_greenlet.ready.flags`: changed by the hub's thread only, by `gv_flags_…`; read by any.
enum {
    GV_IS_STARTED = 1,       // start() was called
    GV_IS_RUNNING = 2,       // its body was entered
    GV_IS_FINISHED = 4,      // its body returned, or never will run
    GV_WAS_FAILED = 8,
    GV_WAS_KILLED = 16,
    GV_IS_INTERRUPTED = 32,  // an error waits to be thrown at its next wait
    GV_IS_QUEUED = 64,       // its first run stands in the ready queue
    GV_IS_CANCELLED = 128,   // killed while its first run stood in the ready queue
    GV_HAS_RESULT = 256,     // its body returned, and its value is kept
};

/// The part of a greenlet that the scheduler works on. What a switch touches comes first.
struct gv_greenlet {
    gv_ready ready;
    void *sp;                // where it goes on; NULL until its first switch away
    gv_hub *hub;
    gv_waiter *waiter;       // the wait it is parked in
    gv_words words;
    gv_stack *stack;
    void *object;            // the AnyGreenlet
    void *interrupts;        // what can strike it, once there is anything
    gv_greenlet *spawner;    // may have ended: compare `spawner_serial`
    uint64_t spawner_serial;
    uint64_t result[2];      // a small value that needs no destruction
    gv_greenlet *live_next;  // all started greenlets of the hub
    gv_greenlet *live_previous;
    gv_wait_queue joiners;
    const char *name;        // for reports from a signal handler; NULL if it has none
    const char *site_file;   // where it was spawned
    uint32_t site_line;
    uint32_t stack_size;     // asked for; 0 means the default
    uint32_t is_observed;    // somebody has seen its error; set by any thread
    uint64_t serial;
    void *thread;            // what the monkey patch keeps for it as a thread
    void *memberships;       // in whose collections it is, the newest first; of the hub's thread
    gv_waiter wait;          // its wait in a line, one at a time; last, and not touched before the first
};

/// Something to be run by the hub, in its turn among the greenlets.
struct gv_callback {
    gv_ready ready;
    void (*run)(void *context);
    void *context;
};

/// Bits of `gv_hub.attention`: what a switch has to do beside switching.
///
/// `GV_ATTEND_NATIVE`: there is nobody to switch to, the thread blocks (gv_native.h). `GV_ATTEND_WATCH`: somebody wants to
/// be told of each switch.
enum {
    GV_ATTEND_SANITIZER = 1,
    GV_ATTEND_ACCESSES = 2,
    GV_ATTEND_RUNTIME = 4,
    GV_ATTEND_NATIVE = 8,
    GV_ATTEND_WATCH = 16,
};

/// A thread's scheduler.
struct gv_hub {
    gv_greenlet *current;
    gv_ready *ready_head;
    gv_ready *ready_tail;
    int32_t budget;          // switches left until timers and I/O are looked at
    uint32_t attention;
    gv_stack *idle;          // stacks whose runner waits for the next greenlet
    gv_stack *retired;       // stacks for the hub to give back
    gv_slots slots;
    gv_greenlet *main;
    void (*run)(gv_greenlet *greenlet);
    void (*before_switch)(gv_greenlet *from, gv_greenlet *to);  // from NULL: it has ended
    void (*watch_switch)(gv_hub *hub);
    uint64_t virtual_now;    // the time on a test's clock; 0 for the monotonic one
    uint32_t is_ordered;     // a test decides who runs next
    void *owner;             // the Scheduler; NULL once the hub has closed
    void *reference;         // the HubReference
    void (*thread_ends)(gv_hub *hub); // called when its thread ends and it has not closed
    void (*release)(gv_hub *hub);     // frees the record
    gv_greenlet *live_head;
    gv_greenlet *spare_nodes; // records for the next greenlets
    uint32_t spare_count;
    uint32_t idle_count;
    uint32_t live_count;
    uint32_t live_most;
    uint32_t is_closed;
    int32_t outside_waits;   // greenlets that wait for descriptors, and jobs of other threads that will come back
    int32_t descriptor_waits; // those of them that wait for descriptors
    uint32_t pulse;          // grows with each look at timers and I/O; odd while the hub waits in its poll
    uint64_t next_serial;    // for the order of starts and ends
    uint64_t number;         // counted from 1 in the process; names it, and is never used again
    int64_t nodes;           // records of greenlets taken here, less those given back here
    void *spare[8];
    gv_greenlet loop;        // the hub's own greenlet: polls, runs callbacks
    gv_stack main_stack;
    // Other threads read these, and seldom is one written.
    char apart[64];
    void (*notify)(gv_hub *hub);
    uint32_t is_shared;      // whether another thread has ever woken somebody here, or may
    gv_hub *hubs_next;       // all open hubs of the process (gv_hubs.h)
    gv_hub *hubs_previous;
    // Other threads write these. Each has its own line of the cache: the hub watches the first one, and would take the
    // second from whoever is about to write the first.
    char apart_remote[64];
    gv_ready *remote;
    char apart_pushers[64];
    uint32_t pushers;        // threads inside of gv_remote_push
    int64_t nodes_outside;   // less those given back elsewhere; once retired, all that are left
    char apart_end[64];
    int32_t thread;          // the kernel's number of its thread
};

#ifdef __cplusplus
}
#endif
#endif
