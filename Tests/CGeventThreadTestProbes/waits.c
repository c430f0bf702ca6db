// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "redirect.h"
#include "include/gv_thread_probes.h"
#include <errno.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int ready, woken;

static void *wait_for_it(void *argument) {
    pthread_mutex_lock(&mutex);
    while (!ready) pthread_cond_wait(&cond, &mutex);
    ready--;
    woken++;
    pthread_mutex_unlock(&mutex);
    return argument;
}

int gv_probe_cond_signals(void) {
    pthread_t threads[4];
    ready = woken = 0;
    for (int i = 0; i < 4; i++) CHECK(pthread_create(&threads[i], NULL, wait_for_it, NULL) == 0);
    pause_for(1);
    pthread_mutex_lock(&mutex);
    ready = 1;
    pthread_cond_signal(&cond);
    CHECK(woken == 0);
    pthread_mutex_unlock(&mutex);
    pause_for(1);
    CHECK(woken == 1);
    pthread_mutex_lock(&mutex);
    ready = 3;
    pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < 4; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(woken == 4);
    return 0;
}

int gv_probe_cond_limits(void) {
    pthread_condattr_t attributes;
    pthread_cond_t steady;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&steady, &attributes);
    pthread_mutex_lock(&mutex);
    struct timespec soon = time_in(CLOCK_REALTIME, 5), wrong = {0, -1};
    CHECK(pthread_cond_timedwait(&cond, &mutex, &soon) == ETIMEDOUT);
    CHECK(pthread_cond_timedwait(&cond, &mutex, &wrong) == EINVAL);
    CHECK(pthread_mutex_trylock(&mutex) == EBUSY);
    soon = time_in(CLOCK_MONOTONIC, 5);
    CHECK(pthread_cond_timedwait(&steady, &mutex, &soon) == ETIMEDOUT);
    CHECK(pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, &soon) == ETIMEDOUT);
    CHECK(pthread_cond_clockwait(&cond, &mutex, CLOCK_THREAD_CPUTIME_ID, &soon) == EINVAL);
    pthread_mutex_unlock(&mutex);
    return pthread_cond_destroy(&steady) == 0 ? 0 : __LINE__;
}

static sem_t there, back;

static void *answer(void *argument) {
    for (int i = 0; i < 10; i++) {
        sem_wait(&there);
        woken++;
        sem_post(&back);
    }
    return argument;
}

int gv_probe_semaphores(void) {
    pthread_t thread;
    int value;
    woken = 0;
    sem_init(&there, 0, 0);
    sem_init(&back, 0, 0);
    CHECK(pthread_create(&thread, NULL, answer, NULL) == 0);
    for (int i = 0; i < 10; i++) {
        CHECK(woken == i);
        sem_post(&there);
        CHECK(sem_wait(&back) == 0);
    }
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(sem_getvalue(&there, &value) == 0 && value == 0);
    return 0;
}

int gv_probe_semaphore_limits(void) {
    sem_t semaphore;
    sem_init(&semaphore, 0, 1);
    struct timespec soon = time_in(CLOCK_REALTIME, 5), wrong = {0, -1};
    CHECK(sem_timedwait(&semaphore, &wrong) == 0);
    CHECK(sem_timedwait(&semaphore, &wrong) == -1 && errno == EINVAL);
    CHECK(sem_timedwait(&semaphore, &soon) == -1 && errno == ETIMEDOUT);
    soon = time_in(CLOCK_MONOTONIC, 5);
    CHECK(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &soon) == -1 && errno == ETIMEDOUT);
    return 0;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin(void) {
    pause_for(5);
    woken++;
}

static void *do_once(void *argument) {
    pthread_once(&once, begin);
    if (woken != 1) ready = __LINE__;
    return argument;
}

int gv_probe_once(void) {
    pthread_t threads[3];
    once = PTHREAD_ONCE_INIT;
    woken = ready = 0;
    for (int i = 0; i < 3; i++) CHECK(pthread_create(&threads[i], NULL, do_once, NULL) == 0);
    for (int i = 0; i < 3; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    return ready;
}

static pthread_barrier_t barrier;
static int arrived, serials;

static void *pass(void *argument) {
    for (int round = 1; round <= 5; round++) {
        arrived++;
        int result = pthread_barrier_wait(&barrier);
        if (result == PTHREAD_BARRIER_SERIAL_THREAD) serials++;
        else if (result != 0) ready = __LINE__;
        if (arrived < 3 * round) ready = __LINE__;
    }
    return argument;
}

int gv_probe_barriers(void) {
    pthread_t threads[3];
    ready = arrived = serials = 0;
    CHECK(pthread_barrier_init(&barrier, NULL, 3) == 0);
    for (int i = 0; i < 3; i++) CHECK(pthread_create(&threads[i], NULL, pass, NULL) == 0);
    for (int i = 0; i < 3; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(serials == 5 && arrived == 15);
    CHECK(pthread_barrier_destroy(&barrier) == 0);
    return ready;
}

static void *post_late(void *argument) {
    pause_for(100);
    sem_post(&there);
    return argument;
}

int gv_probe_struck_semaphore(int *interruptions) {
    pthread_t thread;
    *interruptions = 0;
    sem_init(&there, 0, 0);
    CHECK(pthread_create(&thread, NULL, post_late, NULL) == 0);
    while (sem_wait(&there) != 0) {
        CHECK(errno == EINTR);
        ++*interruptions;
    }
    return pthread_join(thread, NULL) == 0 ? 0 : __LINE__;
}

static void *signal_late(void *argument) {
    pause_for(100);
    pthread_mutex_lock(&mutex);
    ready = 1;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int gv_probe_struck_cond(void) {
    pthread_t thread;
    ready = 0;
    CHECK(pthread_create(&thread, NULL, signal_late, NULL) == 0);
    pthread_mutex_lock(&mutex);
    int result = pthread_cond_wait(&cond, &mutex), was_ready = ready;
    pthread_mutex_unlock(&mutex);
    CHECK(result == 0 && was_ready);
    return pthread_join(thread, NULL) == 0 ? 0 : __LINE__;
}
