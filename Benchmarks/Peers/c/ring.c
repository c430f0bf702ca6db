// SPDX-License-Identifier: Apache-2.0
// What an item through a queue costs at least: a ring of a hundred filled and emptied in turn: ring COUNT.
#include "measure.h"

enum { room = 100, places = 128 };

int main(int count, char **arguments) {
    long items = number(count, arguments, 1), put = 0, taken = 0, sum = 0;
    // Else the compiler would keep the items in registers.
    static volatile long ring[places];
    uint64_t start = now();
    while (taken < items) {
        while (put - taken < room && put < items) {
            ring[put % places] = put;
            put++;
        }
        while (taken < put) sum += ring[taken++ % places];
    }
    printf("ns=%.3f\n", each(items, start));
    return sum != items * (items - 1) / 2;
}
