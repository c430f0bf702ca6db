// SPDX-License-Identifier: Apache-2.0
// A hub closes while other threads send to it and wake its greenlets.
//
// Mirrors HubReference.submit (enter, leave) and .close with the reference as one word, `users << 1 | closed`;
// gv_remote_push with its count of pushers, gv_remote_await_pushers and gv_remote_take (ready.c); Hub.close with its
// kills, the last drain and Hub.free; gv_claim, gv_wake and Interrupts.send for a greenlet that a Waker and the closing
// hub both claim. Which order the list keeps, and how a sleeping hub is woken, is remote.pml's.
//
// Proves: nobody touches the record, or the scheduler and poller behind its `notify`, after they were freed; each
// message is run, or failed by the hub, or answered as closed, and only one of these; the greenlet is resumed once;
// and the close ends (`closes`, under weak fairness) when senders give up. It also ends while they keep trying, if
// they look at the word before they add to it (LOOK_FIRST), and only then: their adding may always be in the way.
//
// Asked of the hub beside the word: that it claims the waiter of every greenlet that it will not wait for, and waits
// for each that somebody else has claimed, also when that one has not pushed yet; and that whoever pushes without a
// claim has entered the reference.
//
// Bounds: 3 senders of one message and 1 waker. Senders meet each other in the word and in the list only; there the
// second finds what the first has left, and the third finds nothing else. A waker holds one greenlet, and the hub
// waits for each by itself. The hub takes as often as it likes before it closes. Senders that keep trying are 2: one
// is always in the way, whatever the other does.
//
// Also with: -DSENDERS=2 -DENDLESS -DLOOK_FIRST
#ifndef SENDERS
#define SENDERS 3
#endif
#define GREENLET SENDERS
#define bit_of(entry) (1 << (entry))
#ifdef BROKEN_ENDLESS_WITHOUT_LOOK
#define ENDLESS
#endif

mtype = { PENDING, RUN, FAILED, ANSWERED }
mtype = { WAITING, WOKEN, STRUCK }

// HubReference; senders hold it, so it outlives the hub.
byte word;
// gv_hub: the list as a set of entries, and the threads inside of gv_remote_push.
byte remote, pushers;
bool freed;
mtype outcome[SENDERS] = PENDING;
mtype waiter = WAITING;
bool resumed;

inline push(entry) {
    atomic { assert(!freed); pushers++ };
    atomic { assert(!freed); was = remote; remote = remote | bit_of(entry) };
    if
    :: was == 0 -> assert(!freed) // notify: hub->owner, its poller, the waker's flag and eventfd
    :: else
    fi;
    atomic { assert(!freed); pushers-- }
}

proctype Sender(byte me) {
    byte was;
again:
#ifdef LOOK_FIRST
    if
    :: word & 1 -> goto closed
    :: else
    fi;
#endif
#ifdef BROKEN_LOOK_INSTEAD
    was = word;
    word = word + 2;
#else
    atomic { was = word; word = word + 2 };
#endif
    if
    :: was & 1 -> word = word - 2
    :: else ->
#ifdef BROKEN_PUSH_UNCOUNTED
        word = word - 2;
        push(me);
#else
        push(me);
        word = word - 2;
#endif
        goto sent
    fi;
closed:
    atomic { assert(outcome[me] == PENDING || outcome[me] == ANSWERED); outcome[me] = ANSWERED };
#ifdef ENDLESS
    goto again;
#endif
sent:
    skip
}

// Semaphore.release or the like, from another thread.
proctype Waker() {
    byte was;
    if
    :: atomic { waiter == WAITING -> waiter = WOKEN }
        push(GREENLET)
    :: atomic { waiter != WAITING }
    fi
}

inline take(what) {
    atomic {
        for (i : 0 .. SENDERS - 1) {
            if
            :: remote & bit_of(i) -> assert(outcome[i] == PENDING); outcome[i] = what
            :: else
            fi
        }
        if
        :: remote & bit_of(GREENLET) -> assert(waiter == WOKEN && !resumed); resumed = true
        :: else
        fi;
        remote = 0;
        i = 0
    }
}

active proctype Hub() {
    byte i;
    do
    :: atomic { remote != 0 -> take(RUN) }
    :: break
    od;
    // Interrupts.send. The main greenlet sleeps until all others have ended.
    if
    :: atomic { waiter == WAITING -> waiter = STRUCK; resumed = true }
    :: atomic { waiter != WAITING }
    fi;
    do
    :: atomic { !resumed && remote != 0 -> take(RUN) }
#ifdef BROKEN_LEAVE_CLAIMED
    :: break
#else
    :: resumed -> break
#endif
    od;
    word = word | 1;
#ifdef BROKEN_DRAIN_BEFORE_USERS
    take(FAILED);
#endif
#ifndef BROKEN_IGNORE_USERS
    word == 1;
#endif
#ifndef BROKEN_IGNORE_PUSHERS
    pushers == 0;
#endif
#ifndef BROKEN_DRAIN_BEFORE_USERS
    take(FAILED);
#endif
    freed = true
}

init {
    byte i;
    atomic {
        for (i : 0 .. SENDERS - 1) { run Sender(i) }
        run Waker()
    }
    timeout; // nobody can go on
    assert(freed && resumed && remote == 0);
    for (i : 0 .. SENDERS - 1) { assert(outcome[i] != PENDING) }
}

ltl closes { <> freed }
