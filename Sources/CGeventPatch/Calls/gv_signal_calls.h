// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_SIGNAL.
#ifndef GV_SIGNAL_CALLS_H
#define GV_SIGNAL_CALLS_H

#include <signal.h>
#include <time.h>

typedef void (*gv_signal_handler)(int number);

int gv_call_sigaction(int number, const struct sigaction *action, struct sigaction *previous);
gv_signal_handler gv_call_signal(int number, gv_signal_handler handler);
gv_signal_handler gv_call_sysv_signal(int number, gv_signal_handler handler);
gv_signal_handler gv_call_sigset(int number, gv_signal_handler handler);

int gv_call_sigwait(const sigset_t *set, int *number);
int gv_call_sigwaitinfo(const sigset_t *set, siginfo_t *info);
int gv_call_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout);
int gv_call_pause(void);
int gv_call_sigsuspend(const sigset_t *mask);

#endif
