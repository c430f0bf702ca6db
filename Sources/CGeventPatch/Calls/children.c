// SPDX-License-Identifier: Apache-2.0
// waitpid and its kin: the real call without waiting, and a wait that takes nothing, in turns. So nothing is reaped by
// somebody who was given up.
//
// Where one greenlet waits for any child and another for a certain one, the latter gets its child: of threads in the
// same place, the kernel says neither.
#define _GNU_SOURCE 1
#include "gv_child_calls.h"
#include "../gv_stand_in.h"
#include "gv_back_off.h"
#include "gv_child_wait.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { PIDFD = 3 }; // P_PIDFD, which older headers lack

// What is asked for, and where the answer goes.
typedef struct {
    idtype_t kind;
    id_t number;
    int options;              // as waitid has them
    bool is_wait4;
    int *status;
    struct rusage *usage;
    siginfo_t info;
} question;

static int struck(void) {
    errno = ECANCELED;
    return -1;
}

// The real call for one child, without waiting: its number, 0 if there is nothing to tell, -1.
static pid_t take(question *asked, idtype_t kind, id_t number) {
    asked->info.si_pid = 0;
    if (asked->is_wait4)
        return gv_libc.wait4((pid_t)number, asked->status, (asked->options & ~WEXITED) | WNOHANG, asked->usage);
    if (gv_libc.waitid(kind, number, &asked->info, asked->options | WNOHANG) != 0) return -1;
    return asked->info.si_pid;
}

static pid_t wait_for_one(question *asked) {
    pid_t found = take(asked, asked->kind, asked->number);
    if (found != 0) return found;
    gv_child_wait wait;
    gv_child_wait_begin(&wait, asked->kind, asked->number, asked->options & ~WNOWAIT);
    long outcome;
    do outcome = gv_child_wait_once(&wait);
    while (outcome == 0 && (found = take(asked, asked->kind, asked->number)) == 0);
    gv_child_wait_end(&wait);
    return outcome == 0 ? found : struck();
}

static bool has_ended(const siginfo_t *info) {
    return info->si_code == CLD_EXITED || info->si_code == CLD_KILLED || info->si_code == CLD_DUMPED;
}

static pid_t wait_for_any(question *asked) {
    gv_back_off back_off = {0};
    for (;;) {
        siginfo_t seen = {.si_pid = 0};
        if (gv_libc.waitid(asked->kind, asked->number, &seen, asked->options | WNOWAIT | WNOHANG) != 0) return -1;
        long outcome;
        if (seen.si_pid == 0) {
            outcome = gv_child_watch(asked->kind, asked->number, asked->options & ~WNOWAIT);
        } else if (asked->options & WNOWAIT) {
            asked->info = seen;
            return seen.si_pid;
        } else if (has_ended(&seen) && gv_child_is_awaited(seen.si_pid)) {
            // Whose it is takes it in its turn; behind it may be others.
            outcome = gv_back_off_wait(&back_off);
        } else {
            pid_t found = take(asked, P_PID, (id_t)seen.si_pid);
            if (found > 0 || (found < 0 && errno != ECHILD)) return found;
            // Somebody else was faster.
            outcome = gv_patch_hooks.sleep(0);
        }
        if (outcome != 0) return struck();
    }
}

static pid_t answer(question *asked) {
    int before = errno;
    pid_t found = asked->kind == P_ALL || asked->kind == P_PGID ? wait_for_any(asked) : wait_for_one(asked);
    if (found >= 0) errno = before;
    return found;
}

pid_t gv_call_wait4(pid_t pid, int *status, int options, struct rusage *usage) {
    // The children of this thread (__WNOTHREAD) no other can watch.
    bool is_plain = (options & ~(WUNTRACED | WCONTINUED | __WALL | __WCLONE)) == 0;
    if (!gv_may_park() || !is_plain || pid == INT_MIN) return gv_libc.wait4(pid, status, options, usage);
    question asked = {.options = options | WEXITED, .is_wait4 = true, .status = status, .usage = usage};
    asked.kind = pid > 0 ? P_PID : pid == -1 ? P_ALL : P_PGID;
    asked.number = (id_t)(pid > 0 ? pid : pid == 0 ? getpgrp() : pid == -1 ? 0 : -pid);
    return answer(&asked);
}

pid_t gv_call_waitpid(pid_t pid, int *status, int options) { return gv_call_wait4(pid, status, options, 0); }

pid_t gv_call_wait3(int *status, int options, struct rusage *usage) {
    return gv_call_wait4(-1, status, options, usage);
}

pid_t gv_call_wait(int *status) { return gv_call_wait4(-1, status, 0, 0); }

int gv_call_waitid(idtype_t kind, id_t number, siginfo_t *info, int options) {
    bool is_known = kind == P_PID || kind == P_ALL || kind == P_PGID || kind == (idtype_t)PIDFD;
    bool is_plain = (options & (WEXITED | WSTOPPED | WCONTINUED)) != 0 && !(options & (WNOHANG | __WNOTHREAD));
    if (!gv_may_park() || !is_known || !is_plain || (kind == P_PID && (pid_t)number <= 0))
        return gv_libc.waitid(kind, number, info, options);
    // A pidfd can be one that is not to be waited by.
    if (kind == (idtype_t)PIDFD && gv_libc.fcntl((int)number, F_GETFL) & O_NONBLOCK)
        return gv_libc.waitid(kind, number, info, options);
    question asked = {.kind = kind, .number = number, .options = options};
    if (answer(&asked) < 0) return -1;
    if (info) *info = asked.info;
    return 0;
}

GV_STAND_IN(GV_AREA_SUBPROCESS, wait, gv_call_wait);
GV_STAND_IN(GV_AREA_SUBPROCESS, __wait, gv_call_wait);
GV_STAND_IN(GV_AREA_SUBPROCESS, wait3, gv_call_wait3);
GV_STAND_IN(GV_AREA_SUBPROCESS, wait4, gv_call_wait4);
GV_STAND_IN(GV_AREA_SUBPROCESS, waitpid, gv_call_waitpid);
GV_STAND_IN(GV_AREA_SUBPROCESS, __waitpid, gv_call_waitpid);
GV_STAND_IN(GV_AREA_SUBPROCESS, waitid, gv_call_waitid);
