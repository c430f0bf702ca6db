// SPDX-License-Identifier: Apache-2.0
// One claim a wait: a semaphore whose waiters are claimed by wakers, time limits and kills.
//
// Mirrors gv_lock, gv_wait_append, gv_wait_remove, gv_wait_claim_first, gv_claim, gv_wake and gv_wait_park in C, and
// Semaphore.acquire and .release, Wait.park and .leave, Hub.fireTimers and Interrupts.send in Swift. A Waiter is a
// greenlet with its hub, which is one thread; the hub fires the limit and sends the kill.
//
// Proves: no unit is lost or doubled; each waiter is put into its ready queue once; nobody stays in line; no waiter
// sleeps while a unit is free; no waiter is touched after its frame is gone; every run ends.
//
// Asked of the hub: that it does not count as run dry while somebody has claimed one of its waiters and has not pushed
// yet. The hub's own timer may have been the last thing that kept it alive, and may have lost to that claim.
//
// Bounds: 3 waiters, each struck once at most, and 2 wakers; or 2 waiters that wait twice in the same frame, struck
// twice at most, and 3 wakers; 0 or 1 units to begin with. Three waiters are one to be woken, one ahead of it that is
// struck and one behind: a list tells no more apart than its ends and its inside. What is done under the lock, and
// touches nothing but what the lock guards, is one step.
//
// Also with: -DWAITERS=2 -DWAKERS=3 -DROUNDS=2 -DSTRIKES=2
#ifndef WAITERS
#define WAITERS 3
#define WAKERS 2
#define ROUNDS 1
#define STRIKES 1
#endif
#ifdef BROKEN_CLAIM_IN_TWO_STEPS
#define compare_and_swap
#else
#define compare_and_swap d_step
#endif

// NONE: there is no frame. STRUCK: GV_TIMED_OUT or GV_INTERRUPTED.
mtype = { NONE, WAITING, WOKEN, STRUCK }

// The semaphore, and what `value` must be at last: the units to begin with and those given back, less those taken.
bool lock;
byte value, units;
// The waiters, by their numbers from 1, and how often their greenlets stand in a ready queue. Number 0 stands for
// the line: next[0] is its head, previous[0] its tail.
mtype state[WAITERS + 1] = NONE;
byte next[WAITERS + 1], previous[WAITERS + 1], entries[WAITERS + 1];
bool queued[WAITERS + 1];

inline append(w) {
    assert(previous[0] == 0 || state[previous[0]] != NONE);
    previous[w] = previous[0];
    next[w] = 0;
    next[previous[0]] = w;
    previous[0] = w;
    queued[w] = true
}

inline remove(w) {
    assert(queued[w] && state[w] != NONE);
    next[previous[w]] = next[w];
    previous[next[w]] = previous[w];
    queued[w] = false
}

inline claim(w, outcome) {
    compare_and_swap {
        assert(state[w] != NONE);
        won = (state[w] == WAITING);
        if
        :: won -> state[w] = outcome
        :: else
        fi
    }
}

// gv_ready_push or gv_remote_push.
inline wake(w) { d_step { assert(state[w] != NONE && entries[w] == 0); entries[w]++ } }

proctype Waiter(byte me; byte rounds) {
    bool won;
    byte strikes;
    do
    :: rounds == 0 -> break
    :: else ->
        rounds--;
#ifdef BROKEN_LOOK_BEFORE_LOCK
        won = (value > 0);
        atomic {
            !lock;
#else
        atomic {
            !lock;
            won = (value > 0);
#endif
            if
            :: won -> value--; units--; goto taken
            :: else -> state[me] = WAITING; append(me); select(strikes : 0 .. STRIKES)
            fi
        }
        // Parked. The hub goes on, and comes to the greenlet's entry after more or less else.
end_parked:
        do
        :: d_step { entries[me] > 0 -> entries[me]--; strikes = 0 }; break
        :: strikes > 0 ->
            strikes--;
            claim(me, STRUCK);
            if
            :: won -> wake(me); won = false
            :: else
#ifdef BROKEN_RUN_DRY
                // No timer is left, and what a waker has yet to push does not count: LoopExit.
                assert(entries[me] > 0 || strikes > 0)
#endif
            fi
        od;
        if
        :: state[me] == WOKEN -> units--
#ifndef BROKEN_STAY_IN_LINE
        :: state[me] == STRUCK ->
            atomic {
#ifndef BROKEN_LEAVE_WITHOUT_LOCK
                !lock;
#endif
                if
                :: queued[me] -> remove(me)
                :: else
                fi
            }
#endif
        :: else
        fi;
        atomic { assert(!queued[me] && entries[me] == 0); state[me] = NONE };
taken:
        won = false
    od
}

proctype Waker() {
    byte first;
    bool won;
    atomic { !lock; lock = true; units++ };
    do
    :: next[0] == 0 -> value++; break
    :: else ->
        first = next[0];
        d_step { remove(first) };
        claim(first, WOKEN);
        if
        :: won -> wake(first); break
        :: else
#ifdef BROKEN_GIVE_UP
            break
#endif
        fi
    od;
    atomic { assert(value == 0 || next[0] == 0); lock = false; first = 0; won = false }
}

init {
    byte i;
    atomic {
        select(i : 0 .. 1);
        value = i;
        units = i;
        for (i : 1 .. WAITERS) { run Waiter(i, ROUNDS) }
        for (i : 1 .. WAKERS) { run Waker() }
    }
    timeout; // nobody can go on
    atomic {
        assert(!lock && value == units);
        for (i : 1 .. WAITERS) {
            assert(state[i] == NONE && !queued[i] || state[i] == WAITING && queued[i] && value == 0)
        }
    }
}
