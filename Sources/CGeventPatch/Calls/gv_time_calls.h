// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_TIME.
#ifndef GV_TIME_CALLS_H
#define GV_TIME_CALLS_H

#include <time.h>

unsigned gv_call_sleep(unsigned seconds);
int gv_call_usleep(unsigned microseconds);
int gv_call_nanosleep(const struct timespec *request, struct timespec *rest);
int gv_call_clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *rest);
int gv_call_thrd_sleep(const struct timespec *request, struct timespec *rest);

#endif
