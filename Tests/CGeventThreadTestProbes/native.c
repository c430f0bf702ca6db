// SPDX-License-Identifier: Apache-2.0
// Greenlets on one side, threads of the operating system on the other; these call the real functions where they must not
// know of the others, and the stand-ins where they are patched code too.
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static int start(pthread_t *thread, void *(*routine)(void *), void *argument) {
    return pthread_create(thread, NULL, routine, argument);
}

static int finish(pthread_t thread) { return pthread_join(thread, NULL); }

static int lock_really(pthread_mutex_t *mutex) { return pthread_mutex_lock(mutex); }
static int unlock_really(pthread_mutex_t *mutex) { return pthread_mutex_unlock(mutex); }
static int post_really(sem_t *semaphore) { return sem_post(semaphore); }

#include "redirect.h"
#include "include/gv_thread_probes.h"
#include <errno.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long counter;

enum { ROUNDS = 2000 };

static void *count(void *argument) {
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        long before = counter;
        if (i % 100 == 0) sched_yield();
        counter = before + 1;
        pthread_mutex_unlock(&mutex);
    }
    return argument;
}

// Not patched: nobody is told of what it unlocks.
static void *count_really(void *argument) {
    for (int i = 0; i < ROUNDS; i++) {
        lock_really(&mutex);
        counter++;
        unlock_really(&mutex);
    }
    return argument;
}

int gv_probe_native_mutex(void) {
    pthread_t natives[2], greenlets[3];
    counter = 0;
    CHECK(start(&natives[0], count, NULL) == 0 && start(&natives[1], count_really, NULL) == 0);
    for (int i = 0; i < 3; i++) CHECK(pthread_create(&greenlets[i], NULL, count, NULL) == 0);
    for (int i = 0; i < 3; i++) CHECK(pthread_join(greenlets[i], NULL) == 0);
    for (int i = 0; i < 2; i++) CHECK(pthread_join(natives[i], NULL) == 0);
    CHECK(counter == 5 * ROUNDS);
    return 0;
}

static sem_t there, back;

static void *echo(void *argument) {
    for (int i = 0; i < 200; i++) {
        while (sem_wait(&there) != 0) {}
        if (i % 50 == 0) post_really(&back);
        else sem_post(&back);
    }
    return argument;
}

int gv_probe_native_semaphore(void) {
    pthread_t thread;
    sem_init(&there, 0, 0);
    sem_init(&back, 0, 0);
    CHECK(start(&thread, echo, NULL) == 0);
    for (int i = 0; i < 200; i++) {
        CHECK(sem_post(&there) == 0);
        CHECK(sem_wait(&back) == 0);
    }
    return pthread_join(thread, NULL) == 0 ? 0 : __LINE__;
}

static pthread_cond_t turns = PTHREAD_COND_INITIALIZER;
static int turn;

static void *alternate(void *argument) {
    int mine = (int)(intptr_t)argument;
    for (int i = 0; i < 300; i++) {
        pthread_mutex_lock(&mutex);
        while (turn != mine) pthread_cond_wait(&turns, &mutex);
        turn = (turn + 1) % 4;
        pthread_cond_broadcast(&turns);
        pthread_mutex_unlock(&mutex);
    }
    return argument;
}

int gv_probe_native_cond(void) {
    pthread_t natives[2], greenlets[2];
    turn = 0;
    for (long i = 0; i < 2; i++) CHECK(start(&natives[i], alternate, (void *)(2 * i)) == 0);
    for (long i = 0; i < 2; i++) CHECK(pthread_create(&greenlets[i], NULL, alternate, (void *)(2 * i + 1)) == 0);
    for (int i = 0; i < 2; i++) CHECK(pthread_join(greenlets[i], NULL) == 0 && finish(natives[i]) == 0);
    return 0;
}

static pthread_t to_join;

static void *rest(void *argument) {
    pause_for(20);
    return argument;
}

static void *join_it(void *argument) {
    counter = pthread_join(to_join, NULL);
    sem_post(&back);
    return argument;
}

int gv_probe_native_join(void) {
    pthread_t thread;
    counter = -1;
    sem_init(&back, 0, 0);
    CHECK(pthread_create(&to_join, NULL, rest, NULL) == 0);
    CHECK(start(&thread, join_it, NULL) == 0);
    CHECK(sem_wait(&back) == 0 && counter == 0);
    return pthread_join(thread, NULL) == 0 ? 0 : __LINE__;
}
