// SPDX-License-Identifier: Apache-2.0
// Producers and consumers at a bounded buffer. Included twice: with the stand-ins, and as it is.

enum { PLACES = 4, PRODUCERS = 3, CONSUMERS = 2, EACH = 200 };

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t not_full, not_empty;
    int items[PLACES], count, first, left;
    long sum;
} list = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER, {0}, 0, 0, 0, 0};

static void *produce(void *argument) {
    for (int i = 1; i <= EACH; i++) {
        pthread_mutex_lock(&list.mutex);
        while (list.count == PLACES) pthread_cond_wait(&list.not_full, &list.mutex);
        list.items[(list.first + list.count++) % PLACES] = i;
        pthread_cond_signal(&list.not_empty);
        pthread_mutex_unlock(&list.mutex);
        if (i % 16 == 0) sched_yield();
    }
    return argument;
}

static void *consume(void *argument) {
    pthread_mutex_lock(&list.mutex);
    while (list.left > 0) {
        if (list.count == 0) {
            pthread_cond_wait(&list.not_empty, &list.mutex);
            continue;
        }
        list.sum += list.items[list.first];
        list.first = (list.first + 1) % PLACES;
        list.count--;
        if (--list.left == 0) pthread_cond_broadcast(&list.not_empty);
        pthread_cond_signal(&list.not_full);
    }
    pthread_mutex_unlock(&list.mutex);
    return argument;
}

static int run_lists(void) {
    pthread_t threads[PRODUCERS + CONSUMERS];
    list.left = PRODUCERS * EACH;
    list.sum = 0;
    for (int i = 0; i < PRODUCERS + CONSUMERS; i++)
        if (pthread_create(&threads[i], NULL, i < PRODUCERS ? produce : consume, &threads[i]) != 0) return __LINE__;
    for (int i = 0; i < PRODUCERS + CONSUMERS; i++) {
        void *result;
        if (pthread_join(threads[i], &result) != 0 || result != &threads[i]) return __LINE__;
    }
    return list.sum == (long)PRODUCERS * EACH * (EACH + 1) / 2 ? 0 : __LINE__;
}
