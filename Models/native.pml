// SPDX-License-Identifier: Apache-2.0
// A thread without a hub waits: it blocks until its entry has been pushed on a small record of its own.
//
// Mirrors gv_native_park, gv_native_park_until, `take`, `notify` and `end` of native.c; gv_remote_push, gv_remote_take
// and gv_remote_await_pushers of ready.c; gv_wait_claim_first, gv_claim and gv_wake; Wait.park and .leave for a line
// that a semaphore keeps. How the line is linked is claim.pml's: here a waker claims anyone in it.
//
// Proves: no unit is lost and no wake-up either; a wait has one outcome, and ends as woken only after its entry was
// pushed and taken, else only after it has left the line; no waker touches a frame that is gone, or a record that was
// freed with its thread; and every run ends.
//
// A notice is a place in a counting semaphore (sem_post, sem_wait). With -DWORD it is a futex word that is set to 1
// and set back to 0 before the list is looked at again.
//
// Bounds: 2 threads that wait twice, each time with or without a limit, by the same record and in the same frame; 3
// wakers; no unit to begin with. The second wait meets the late notice of the first; the second thread is the one that
// a waker goes on to. A limit that has struck does not strike again.
//
// Also with: -DWORD
#define THREADS 2
#define WAITS 2
#define WAKERS 3

mtype = { NONE, WAITING, WOKEN, TIMED_OUT }

// The semaphore: its lock, units, line; and what `value` must be at last.
bool lock, queued[THREADS];
byte value, units;
// Each thread's wait, which lies in its frame, and its record: the list, the count of pushers, the notices.
mtype state[THREADS] = NONE;
bool remote[THREADS], freed[THREADS];
byte pushers[THREADS], notices[THREADS];

#define has_frame(thread) (state[thread] != NONE)

inline claim(thread, outcome) {
    d_step {
        assert(has_frame(thread));
        won = (state[thread] == WAITING);
        if
        :: won -> state[thread] = outcome
        :: else
        fi
    }
}

proctype Thread(byte me) {
    bool won, limit, arrived;
    byte left = WAITS;
    do
    :: left == 0 -> break
    :: else ->
        left--;
        atomic {
            !lock;
            if
            :: value > 0 -> value--; units--; goto next_wait
            :: else -> state[me] = WAITING; queued[me] = true; select(limit : 0 .. 1)
            fi
        }
        do
        :: d_step { remote[me] -> remote[me] = false; arrived = true }; break
        :: atomic { !remote[me] }
#ifdef BROKEN_FORGET_NOTICES
            notices[me] = 0;
#endif
            // Blocked, in sem_wait or sem_clockwait.
end_blocked:
            if
#ifdef WORD
            :: notices[me] > 0 -> notices[me] = 0
#else
            :: notices[me] > 0 -> notices[me]--
#endif
#ifdef BROKEN_TRUST_NOTICE
                break
#endif
            :: limit ->
                limit = false;
                claim(me, TIMED_OUT);
                if
                :: won -> break
                :: else
#ifdef BROKEN_LEAVE_LOST_RACE
                    break
#endif
                fi
            fi
        od;
        if
        :: state[me] == WOKEN -> assert(arrived); units--
        :: else ->
            assert(state[me] == TIMED_OUT && !arrived);
#ifndef BROKEN_STAY_IN_LINE
            atomic { !lock; queued[me] = false }
#endif
        fi;
        atomic { assert(!remote[me]); state[me] = NONE };
next_wait:
        atomic { won = false; limit = false; arrived = false }
    od;
    // The thread ends.
#ifndef BROKEN_IGNORE_PUSHERS
    pushers[me] == 0;
#endif
    freed[me] = true
}

proctype Waker() {
    byte it;
    bool won;
    atomic { !lock; lock = true; units++ };
    do
    :: atomic {
            if
            :: queued[0] -> it = 0
            :: queued[1] -> it = 1
            :: !queued[0] && !queued[1] -> value++; break
            fi
        }
        queued[it] = false;
        claim(it, WOKEN);
        if
        :: won ->
            // gv_wake: gv_remote_push, and notify if the list was empty, as it must be.
            d_step { assert(has_frame(it) && !freed[it]); pushers[it]++ };
            d_step { assert(has_frame(it) && !remote[it]); remote[it] = true };
            d_step {
                assert(!freed[it]);
#ifdef WORD
                notices[it] = 1
#else
                notices[it]++
#endif
            };
            d_step { assert(!freed[it]); pushers[it]-- };
            break
        :: else
        fi
    od;
    atomic { lock = false; it = 0; won = false }
}

init {
    byte i;
    atomic {
        for (i : 0 .. THREADS - 1) { run Thread(i) }
        for (i : 1 .. WAKERS) { run Waker() }
    }
    timeout; // nobody can go on
    assert(!lock && value == units);
    for (i : 0 .. THREADS - 1) {
        assert(freed[i] || state[i] == WAITING && queued[i] && value == 0)
    }
}
