// SPDX-License-Identifier: Apache-2.0

#ifndef GV_LIMIT_H
#define GV_LIMIT_H

#include <stdint.h>
#include <sys/resource.h>

// The soft limit, UINT64_MAX where there is none or the resource is unknown.
static inline uint64_t gv_limit_soft(int resource) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return UINT64_MAX;
    return limit.rlim_cur;
}

#endif
