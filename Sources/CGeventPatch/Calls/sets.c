// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_sets.h"
#include "../gv_stand_in.h"
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

// The kernel reads no more of a set than the process's table of descriptors is long, however large the first argument
// is (select(2) with getdtablesize() and a set of FD_SETSIZE is common), so neither may we.
static int table_length(void) {
    char text[4096];
    int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (file == -1) return FD_SETSIZE;
    ssize_t length = gv_libc.read(file, text, sizeof text - 1);
    gv_libc.close(file);
    text[length > 0 ? length : 0] = 0;
    const char *line = strstr(text, "\nFDSize:");
    return line ? atoi(line + strlen("\nFDSize:")) : FD_SETSIZE;
}

bool gv_sets_take(gv_sets *sets, int count, void *const own[3]) {
    if (count > FD_SETSIZE) {
        int most = table_length();
        if (count > most) count = most;
    }
    size_t words = ((size_t)count + 63) / 64;
    sets->count = count;
    sets->bytes = words * 8;
    bool is_far = 3 * sets->bytes > GV_SETS_NEAR;
    sets->asked = is_far ? malloc(6 * sets->bytes) : sets->near[0];
    if (!sets->asked) return false;
    sets->found = is_far ? sets->asked + 3 * sets->bytes : sets->near[1];
    for (size_t which = 0; which < 3; which++) {
        sets->own[which] = own[which];
        unsigned char *place = sets->asked + which * sets->bytes;
        if (own[which]) memcpy(place, own[which], sets->bytes);
        else memset(place, 0, sets->bytes);
    }
    return true;
}

void *gv_sets_fresh(gv_sets *sets, int which) {
    if (!sets->own[which]) return 0;
    unsigned char *place = sets->found + (size_t)which * sets->bytes;
    return memcpy(place, sets->asked + (size_t)which * sets->bytes, sets->bytes);
}

void gv_sets_give(const gv_sets *sets) {
    for (size_t which = 0; which < 3; which++)
        if (sets->own[which]) memcpy(sets->own[which], sets->found + which * sets->bytes, sets->bytes);
}

// As the C library lays out a set: words of `unsigned long`, the lowest bit first.
static uint64_t word_at(const gv_sets *sets, size_t which, size_t word) {
    uint64_t bits;
    memcpy(&bits, sets->asked + which * sets->bytes + word * 8, sizeof bits);
    return bits;
}

struct pollfd *gv_sets_entries(const gv_sets *sets, size_t *count) {
    size_t used = 0, room = 0, words = sets->bytes / 8;
    for (size_t word = 0; word < words; word++)
        room += (size_t)__builtin_popcountll(word_at(sets, 0, word) | word_at(sets, 1, word) | word_at(sets, 2, word));
    struct pollfd *entries = malloc((room + 1) * sizeof *entries);
    if (!entries) return 0;
    static const short events[3] = {POLLIN, POLLOUT, POLLPRI};
    for (size_t number = 0; number < (size_t)sets->count; number++) {
        short wanted = 0;
        for (size_t which = 0; which < 3; which++)
            if (word_at(sets, which, number / 64) >> (number % 64) & 1) wanted |= events[which];
        if (wanted) entries[used++] = (struct pollfd){.fd = (int)number, .events = wanted};
    }
    *count = used;
    return entries;
}

void gv_sets_drop(gv_sets *sets) {
    if (sets->asked != sets->near[0]) free(sets->asked);
}
