// SPDX-License-Identifier: Apache-2.0
#include "include/bench_limits.h"

#include <stdlib.h>

enum { CAPACITY = 100, PLACES = 128 };

double limit_queue(long count) {
    // Volatile, or the compiler sees that what goes in is what comes out and keeps no ring at all.
    volatile long ring[PLACES];
    long head = 0, tail = 0, sum = 0;
    uint64_t start = limit_now();
    while (head < count) {
        while (tail - head < CAPACITY && tail < count) {
            ring[tail % PLACES] = tail;
            tail++;
        }
        while (head < tail) sum += ring[head++ % PLACES];
    }
    uint64_t end = limit_now();
    if (sum != count * (count - 1) / 2) abort();
    return (double)(end - start) / (double)count;
}
