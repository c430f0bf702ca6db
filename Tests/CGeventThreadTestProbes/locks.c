// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "redirect.h"
#include "include/gv_thread_probes.h"
#include <errno.h>

static pthread_mutex_t mutex;
static int steps, outcome;

static void make(int kind) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, kind);
    pthread_mutex_init(&mutex, &attributes);
    steps = outcome = 0;
}

static void *enter(void *argument) {
    outcome = pthread_mutex_trylock(&mutex);
    if (outcome == EBUSY) outcome = pthread_mutex_unlock(&mutex) == EPERM ? 0 : __LINE__;
    pthread_mutex_lock(&mutex);
    steps++;
    pthread_mutex_unlock(&mutex);
    return argument;
}

static int exclude(int kind) {
    pthread_t thread;
    make(kind);
    CHECK(pthread_mutex_lock(&mutex) == 0);
    if (kind == PTHREAD_MUTEX_RECURSIVE) CHECK(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_trylock(&mutex) == 0);
    else CHECK(pthread_mutex_lock(&mutex) == EDEADLK && pthread_mutex_trylock(&mutex) == EBUSY);
    CHECK(pthread_create(&thread, NULL, enter, NULL) == 0);
    pause_for(5);
    CHECK(outcome == 0 && steps == 0);
    if (kind == PTHREAD_MUTEX_RECURSIVE) CHECK(pthread_mutex_unlock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
    pause_for(5);
    CHECK(steps == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_join(thread, NULL) == 0 && steps == 1);
    CHECK(pthread_mutex_unlock(&mutex) == EPERM);
    return pthread_mutex_destroy(&mutex) == 0 ? 0 : __LINE__;
}

int gv_probe_mutex_kinds(void) {
    int line = exclude(PTHREAD_MUTEX_RECURSIVE);
    return line ? line : exclude(PTHREAD_MUTEX_ERRORCHECK);
}

static void *hold(void *argument) {
    pthread_mutex_lock(&mutex);
    pause_for(50);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int gv_probe_mutex_limits(void) {
    pthread_t thread;
    make(PTHREAD_MUTEX_NORMAL);
    CHECK(pthread_create(&thread, NULL, hold, NULL) == 0);
    pause_for(1);
    CHECK(pthread_mutex_trylock(&mutex) == EBUSY);
    struct timespec soon = time_in(CLOCK_REALTIME, 5), wrong = {0, 1000000000};
    CHECK(pthread_mutex_timedlock(&mutex, &soon) == ETIMEDOUT);
    CHECK(pthread_mutex_timedlock(&mutex, &wrong) == EINVAL);
    soon = time_in(CLOCK_MONOTONIC, 5);
    CHECK(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &soon) == ETIMEDOUT);
    CHECK(pthread_mutex_clocklock(&mutex, CLOCK_PROCESS_CPUTIME_ID, &soon) == EINVAL);
    soon = time_in(CLOCK_REALTIME, 10000000);
    CHECK(pthread_mutex_timedlock(&mutex, &soon) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    return 0;
}

static void *take_turns(void *argument) {
    int *turns = argument;
    for (int i = 0; i < 20; i++) {
        pthread_mutex_lock(&mutex);
        ++*turns;
        pause_for(1);
        pthread_mutex_unlock(&mutex);
    }
    return argument;
}

// Who lets go and takes again at once, waiting only in between, leaves the others their turn.
int gv_probe_mutex_fairness(void) {
    pthread_t threads[2];
    int turns[2] = {0, 0};
    make(PTHREAD_MUTEX_NORMAL);
    for (int i = 0; i < 2; i++) CHECK(pthread_create(&threads[i], NULL, take_turns, &turns[i]) == 0);
    pause_for(20);
    CHECK(turns[0] > 4 && turns[1] > 4);
    for (int i = 0; i < 2; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    return 0;
}

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int readers, most, writers;

static void *read_it(void *argument) {
    pthread_rwlock_rdlock(&lock);
    if (++readers > most) most = readers;
    pause_for(2);
    if (writers) outcome = __LINE__;
    readers--;
    pthread_rwlock_unlock(&lock);
    return argument;
}

static void *write_it(void *argument) {
    pthread_rwlock_wrlock(&lock);
    writers++;
    pause_for(2);
    if (readers || writers != 1) outcome = __LINE__;
    writers--;
    pthread_rwlock_unlock(&lock);
    return argument;
}

int gv_probe_rwlocks(void) {
    pthread_t threads[6];
    outcome = most = 0;
    // Whoever comes first, readers join this one and writers wait for them all.
    CHECK(pthread_rwlock_rdlock(&lock) == 0);
    for (int i = 0; i < 6; i++) CHECK(pthread_create(&threads[i], NULL, i % 3 == 2 ? write_it : read_it, NULL) == 0);
    pause_for(1);
    CHECK(most >= 2 && writers == 0);
    struct timespec soon = time_in(CLOCK_REALTIME, 1);
    CHECK(pthread_rwlock_timedwrlock(&lock, &soon) == ETIMEDOUT);
    CHECK(pthread_rwlock_unlock(&lock) == 0);
    for (int i = 0; i < 6; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    return outcome;
}

static pthread_spinlock_t spinlock;

static void *spin(void *argument) {
    pthread_spin_lock(&spinlock);
    steps++;
    pthread_spin_unlock(&spinlock);
    return argument;
}

int gv_probe_spinning(void) {
    pthread_t thread;
    steps = 0;
    pthread_spin_init(&spinlock, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_lock(&spinlock);
    CHECK(pthread_create(&thread, NULL, spin, NULL) == 0);
    for (int i = 0; i < 4; i++) sched_yield();
    CHECK(steps == 0);
    pthread_spin_unlock(&spinlock);
    CHECK(pthread_join(thread, NULL) == 0 && steps == 1);
    return 0;
}
