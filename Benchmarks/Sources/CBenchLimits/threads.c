// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "bench_limits.h"
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

void limit_use_all_cores(void) {
    cpu_set_t all;
    CPU_ZERO(&all);
    for (int core = 0; core < CPU_SETSIZE; core++) CPU_SET(core, &all);
    sched_setaffinity(0, sizeof all, &all);
}

// The lock of the library's primitives (gv_lock.h), whose two instructions are what is measured.
double limit_lock(long count, int locks) {
    static uint32_t lock;
    static volatile int64_t value;
    uint64_t start = limit_now();
    if (locks) {
        for (long i = 0; i < count; i++) {
            while (__atomic_exchange_n(&lock, 1, __ATOMIC_ACQUIRE) != 0) sched_yield();
            value += 1;
            __atomic_store_n(&lock, 0, __ATOMIC_RELEASE);
        }
    } else {
        for (long i = 0; i < count; i++) value += 1;
    }
    return (double)(limit_now() - start) / count;
}

typedef struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed, changed_too;
    long count, turn, done;
    long ring[100], first, used;
} shared;

static void *answer(void *argument) {
    shared *s = argument;
    pthread_mutex_lock(&s->mutex);
    for (long i = 0; i < s->count; i++) {
        while (s->turn != 1) pthread_cond_wait(&s->changed, &s->mutex);
        s->turn = 0;
        pthread_cond_signal(&s->changed_too);
    }
    pthread_mutex_unlock(&s->mutex);
    return 0;
}

static shared *share(long count) {
    shared *s = calloc(1, sizeof *s);
    if (!s) abort();
    pthread_mutex_init(&s->mutex, 0);
    pthread_cond_init(&s->changed, 0);
    pthread_cond_init(&s->changed_too, 0);
    s->count = count;
    return s;
}

double limit_condition(long count) {
    shared *s = share(count);
    pthread_t other;
    uint64_t start = limit_now();
    if (pthread_create(&other, 0, answer, s) != 0) abort();
    pthread_mutex_lock(&s->mutex);
    for (long i = 0; i < count; i++) {
        s->turn = 1;
        pthread_cond_signal(&s->changed);
        while (s->turn != 0) pthread_cond_wait(&s->changed_too, &s->mutex);
    }
    pthread_mutex_unlock(&s->mutex);
    pthread_join(other, 0);
    free(s);
    return (double)(limit_now() - start) / (2.0 * count);
}

// An allocated message a turn through a ring that is as long as need be here: the consumer takes what there is.
static void *send(void *argument) {
    shared *s = argument;
    for (long i = 0; i < s->count; i++) {
        void *message = malloc(64);
        pthread_mutex_lock(&s->mutex);
        s->turn++;
        if (s->turn == 1) pthread_cond_signal(&s->changed);
        pthread_mutex_unlock(&s->mutex);
        free(message);
    }
    return 0;
}

double limit_list(long count) {
    shared *s = share(count);
    pthread_t other;
    uint64_t start = limit_now();
    if (pthread_create(&other, 0, send, s) != 0) abort();
    pthread_mutex_lock(&s->mutex);
    while (s->done < count) {
        while (s->turn == 0) pthread_cond_wait(&s->changed, &s->mutex);
        s->done += s->turn;
        s->turn = 0;
    }
    pthread_mutex_unlock(&s->mutex);
    pthread_join(other, 0);
    free(s);
    return (double)(limit_now() - start) / count;
}

static void *fill(void *argument) {
    shared *s = argument;
    pthread_mutex_lock(&s->mutex);
    for (long i = 0; i < s->count; i++) {
        while (s->used == 100) pthread_cond_wait(&s->changed, &s->mutex);
        s->ring[(s->first + s->used++) % 100] = i;
        if (s->used == 1) pthread_cond_signal(&s->changed_too);
    }
    pthread_mutex_unlock(&s->mutex);
    return 0;
}

double limit_guarded_ring(long count) {
    shared *s = share(count);
    pthread_t other;
    uint64_t start = limit_now();
    if (pthread_create(&other, 0, fill, s) != 0) abort();
    for (long i = 0; i < count; i++) {
        pthread_mutex_lock(&s->mutex);
        while (s->used == 0) pthread_cond_wait(&s->changed_too, &s->mutex);
        s->first = (s->first + 1) % 100;
        if (s->used-- == 100) pthread_cond_signal(&s->changed);
        pthread_mutex_unlock(&s->mutex);
    }
    pthread_join(other, 0);
    free(s);
    return (double)(limit_now() - start) / count;
}
