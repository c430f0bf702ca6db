// SPDX-License-Identifier: Apache-2.0
// What threads cost: threads switch|handover|spawn|parked|queue|queue-10 COUNT.
#define _GNU_SOURCE
#include "measure.h"
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <unistd.h>

enum { room = 100, most_pairs = 10 };

static long share;
static sem_t there, back;
static pthread_attr_t small_stack;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER, has_item = PTHREAD_COND_INITIALIZER,
                      has_room = PTHREAD_COND_INITIALIZER;
static long waiting, woken, items[room], item_count, first_item;
static int is_open;

static void *let_run(void *unused) {
    for (long i = 0; i < share; i++) sched_yield();
    return unused;
}

static void *ask(void *unused) {
    for (long i = 0; i < share; i++) {
        sem_post(&there);
        sem_wait(&back);
    }
    return unused;
}

static void *answer(void *unused) {
    for (long i = 0; i < share; i++) {
        sem_wait(&there);
        sem_post(&back);
    }
    return unused;
}

static void *do_nothing(void *unused) { return unused; }

static void *wait_at_gate(void *unused) {
    pthread_mutex_lock(&mutex);
    waiting++;
    while (!is_open) pthread_cond_wait(&changed, &mutex);
    woken++;
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void *put(void *unused) {
    for (long i = 0; i < share; i++) {
        pthread_mutex_lock(&mutex);
        while (item_count == room) pthread_cond_wait(&has_room, &mutex);
        items[(first_item + item_count++) % room] = i;
        pthread_cond_signal(&has_item);
        pthread_mutex_unlock(&mutex);
    }
    return unused;
}

static void *take(void *unused) {
    volatile long sum = 0;
    for (long i = 0; i < share; i++) {
        pthread_mutex_lock(&mutex);
        while (item_count == 0) pthread_cond_wait(&has_item, &mutex);
        sum += items[first_item];
        first_item = (first_item + 1) % room;
        item_count--;
        pthread_cond_signal(&has_room);
        pthread_mutex_unlock(&mutex);
    }
    return unused;
}

// Runs so many pairs of threads until all have ended.
static double run_pairs(long count, int pairs, void *(*one)(void *), void *(*other)(void *)) {
    pthread_t threads[2 * most_pairs];
    uint64_t start = now();
    for (int i = 0; i < 2 * pairs; i++)
        if (pthread_create(&threads[i], &small_stack, i % 2 ? other : one, 0) != 0) exit(1);
    for (int i = 0; i < 2 * pairs; i++) pthread_join(threads[i], 0);
    return each(count, start);
}

static double measure_spawn(long count) {
    uint64_t start = now();
    for (long i = 0; i < count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, &small_stack, do_nothing, 0) != 0) exit(1);
        pthread_join(thread, 0);
    }
    return each(count, start);
}

static void until_all(const long *value, long count) {
    for (;;) {
        pthread_mutex_lock(&mutex);
        long reached = *value;
        pthread_mutex_unlock(&mutex);
        if (reached == count) return;
        sched_yield();
    }
}

static void measure_parked(long count) {
    pthread_t *threads = malloc((size_t)count * sizeof *threads);
    long before = resident_bytes();
    for (long i = 0; i < count; i++)
        if (pthread_create(&threads[i], &small_stack, wait_at_gate, 0) != 0) exit(1);
    until_all(&waiting, count);
    long grown = resident_bytes() - before;
    uint64_t start = now();
    pthread_mutex_lock(&mutex);
    is_open = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
    until_all(&woken, count);
    double waking = each(count, start);
    for (long i = 0; i < count; i++) pthread_join(threads[i], 0);
    printf("bytes=%ld wake_ns=%.1f\n", grown / count, waking);
}

int main(int count, char **arguments) {
    long turns = number(count, arguments, 2);
    pthread_attr_init(&small_stack);
    pthread_attr_setstacksize(&small_stack, 65536);
    int pairs = asked(arguments, "queue-10") ? 10 : 1;
    share = strncmp(arguments[1], "queue", 5) == 0 ? turns / pairs : turns / 2;
    sem_init(&there, 0, 0);
    sem_init(&back, 0, 0);
    if (asked(arguments, "parked")) measure_parked(turns);
    else if (asked(arguments, "spawn")) printf("ns=%.1f\n", measure_spawn(turns));
    else if (asked(arguments, "switch")) printf("ns=%.1f\n", run_pairs(turns, 1, let_run, let_run));
    else if (asked(arguments, "handover")) printf("ns=%.1f\n", run_pairs(turns, 1, ask, answer));
    else printf("ns=%.1f\n", run_pairs(turns, pairs, put, take));
}
