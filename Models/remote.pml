// SPDX-License-Identifier: Apache-2.0
// Messages to a hub: the list that other threads push on, and the flag and eventfd by which they end its sleep.
//
// Mirrors gv_remote_push and gv_remote_take (ready.c), Waker.wake, .beginSleep and .endSleep, Poller.wait, and the
// order in which Hub.look and Hub.sleep take, sleep and take again. Pushers are threads that send some messages each.
//
// Proves: no message is lost or run twice; each sender's messages run in its order; the hub never sleeps for ever
// while a message is in the list, and runs every message in the end, also if it always has something else to do
// (`all_run`, under weak fairness); a batch costs at most one write to the eventfd.
//
// What the orders of the atomics promise is modelled where the hub reads without an exchange: gv_remote_take may see
// an empty list that is none, up to STALE times, unless the flag has brought the hub what the first pusher of the
// batch wrote (`carried`, then `known`). Everything else is sequentially consistent: one word, read and written whole.
//
// Bounds: 2 pushers with 2 messages, or 3 with 1. Two suffice to be first and second in a batch while the hub takes,
// and two batches to have one pusher notify late; the third comes between. Sleeps, timers and turns are unbounded.
//
// Also with: -DPUSHERS=3 -DEACH=1
#ifndef PUSHERS
#define PUSHERS 2
#define EACH 2
#endif
#define ALL (PUSHERS * EACH)
#define STALE 2

mtype = { AWAKE, ASLEEP, WOKEN }

// gv_hub.remote, 0 for NULL, and each entry's link; the ready queue is their order.
byte remote, next[ALL + 1];
// Waker.state, and whether the eventfd was written to since epoll_wait last looked.
mtype flag = AWAKE;
bool edge;
// The list is the batch with this number until it is taken.
byte batch = 1;
bool written[ALL + 2];
// The last batch whose first entry whoever reads the flag, or the hub, is sure to see.
byte carried, known;
byte ran;

inline wake() {
#ifdef BROKEN_LOOK_AT_FLAG
    if
    :: flag == WOKEN -> skip
    :: else ->
#endif
    d_step {
        was = flag;
        flag = WOKEN;
        carried = (mine > carried -> mine : carried)
    }
    if
    :: was == ASLEEP ->
        atomic { assert(!written[mine]); written[mine] = true; edge = true }
    :: else
    fi
#ifdef BROKEN_LOOK_AT_FLAG
    fi
#endif
}

proctype Pusher(byte entry; byte left) {
    byte head, mine;
    mtype was;
    do
    :: left == 0 -> break
    :: else ->
        head = remote;
        do
        :: next[entry] = head;
            atomic {
                if
                :: remote == head -> remote = entry; mine = batch; break
                :: else -> head = remote
                fi
            }
        od;
#ifndef BROKEN_NOTIFY_ALWAYS
        if
        :: head != 0 -> skip
        :: else ->
#endif
        wake()
#ifndef BROKEN_NOTIFY_ALWAYS
        fi
#endif
        entry++;
        left--
    od
}

inline take() {
    if
    :: remote == 0 -> skip
    :: remote != 0 && known < batch && stale < STALE -> stale++
    :: remote != 0 ->
        d_step { list = remote; remote = 0; batch++; first = 0 };
        d_step {
#ifdef BROKEN_LAST_COMES_FIRST
            first = list;
#else
            do
            :: list != 0 -> following = next[list]; next[list] = first; first = list; list = following
            :: else -> break
            od;
#endif
            // The greenlets run in this order; each sender's entries have rising numbers.
            do
            :: first != 0 ->
                assert(last[(first - 1) / EACH] == (first - 1) % EACH);
                last[(first - 1) / EACH]++;
                got++;
                first = next[first]
            :: else -> break
            od;
            list = 0; following = 0
        }
    fi
}

inline end_sleep() { d_step { flag = AWAKE; known = carried } }

active proctype Hub() {
    byte list, first, following, got, stale, last[PUSHERS];
    bool timer, may_sleep;
    do
    :: // Hub.look, after which whoever is ready runs.
#ifndef BROKEN_NO_LOOK_BEFORE_SLEEP
        take();
#endif
        if
        :: // Somebody is ready: only poll, if anything is registered.
            if
            :: edge = false; end_sleep()
            :: skip
            fi
        :: got == 0 ->
            select(timer : 0 .. 1);
            atomic {
#ifndef BROKEN_BLIND_SLEEP
                if
                :: flag == AWAKE ->
#endif
                    flag = ASLEEP; may_sleep = true
#ifndef BROKEN_BLIND_SLEEP
                :: else -> known = carried
                fi
#endif
            }
end_asleep: if
            :: edge || timer || !may_sleep -> edge = false; timer = false; may_sleep = false
            fi;
            end_sleep();
            take()
        fi;
        ran = ran + got;
        got = 0
    od
}

init {
    byte i;
    atomic {
        for (i : 1 .. PUSHERS) { run Pusher((i - 1) * EACH + 1, EACH) }
    }
    timeout; // the hub is asleep, and nobody else can go on
    assert(ran == ALL && remote == 0)
}

ltl all_run { <> (ran == ALL) }
