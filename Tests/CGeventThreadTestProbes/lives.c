// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "redirect.h"
#include "include/gv_thread_probes.h"
#include <errno.h>
#include <signal.h>

struct look {
    pthread_t self;
    char name[16];
};

static void *look(void *argument) {
    struct look *seen = argument;
    seen->self = pthread_self();
    pthread_setname_np(seen->self, "looker");
    pthread_getname_np(seen->self, seen->name, sizeof seen->name);
    return pthread_join(seen->self, NULL) == EDEADLK ? argument : NULL;
}

int gv_probe_names(void) {
    pthread_t thread, other;
    struct look looks[2];
    void *result;
    char name[16];
    CHECK(pthread_create(&thread, NULL, look, &looks[0]) == 0);
    CHECK(pthread_create(&other, NULL, look, &looks[1]) == 0);
    CHECK(!pthread_equal(thread, other) && !pthread_equal(thread, pthread_self()));
    CHECK(pthread_kill(thread, 0) == 0);
    CHECK(pthread_setname_np(thread, "a name that is too long") == ERANGE);
    CHECK(pthread_setname_np(thread, "early") == 0 && pthread_getname_np(thread, name, sizeof name) == 0);
    CHECK(strcmp(name, "early") == 0);
    CHECK(pthread_join(other, &result) == 0 && result == &looks[1]);
    CHECK(pthread_equal(looks[1].self, other) && strcmp(looks[1].name, "looker") == 0);
    CHECK(pthread_join(thread, &result) == 0 && result == &looks[0] && pthread_equal(looks[0].self, thread));
    return 0;
}

static void *rest(void *argument) {
    pause_for(20);
    return argument;
}

int gv_probe_joining(void) {
    pthread_t thread;
    pthread_attr_t attributes;
    void *result;
    CHECK(pthread_create(&thread, NULL, rest, &result) == 0);
    CHECK(pthread_tryjoin_np(thread, &result) == EBUSY);
    struct timespec soon = time_in(CLOCK_REALTIME, 5);
    CHECK(pthread_timedjoin_np(thread, &result, &soon) == ETIMEDOUT);
    CHECK(pthread_join(thread, &result) == 0 && result == &result);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    CHECK(pthread_create(&thread, &attributes, rest, NULL) == 0);
    CHECK(pthread_detach(thread) == EINVAL && pthread_join(thread, NULL) == EINVAL);
    CHECK(pthread_create(&thread, NULL, rest, NULL) == 0);
    CHECK(pthread_detach(thread) == 0);
    pause_for(50);
    return 0;
}

static pthread_key_t key;
static long freed;

static void add_up(void *value) {
    freed += (long)(intptr_t)value;
    // Once more for the next round.
    if ((intptr_t)value == 100) pthread_setspecific(key, (void *)1);
}

static void *keep(void *argument) {
    if (pthread_getspecific(key) != NULL) return NULL;
    pthread_setspecific(key, argument);
    pause_for(2);
    return pthread_getspecific(key);
}

int gv_probe_keys(void) {
    pthread_t threads[2];
    void *result;
    freed = 0;
    CHECK(pthread_key_create(&key, add_up) == 0);
    CHECK(pthread_setspecific(key, (void *)7) == 0);
    for (long i = 0; i < 2; i++) CHECK(pthread_create(&threads[i], NULL, keep, (void *)(100 + i)) == 0);
    for (long i = 0; i < 2; i++) CHECK(pthread_join(threads[i], &result) == 0 && result == (void *)(100 + i));
    CHECK(freed == 100 + 1 + 101);
    CHECK(pthread_getspecific(key) == (void *)7);
    CHECK(pthread_setspecific(key, NULL) == 0 && pthread_key_delete(key) == 0);
    return 0;
}

static int order;

static void note(void *digit) { order = order * 10 + (int)(intptr_t)digit; }

static __attribute__((noinline)) void leave(int depth) {
    pthread_cleanup_push(note, (void *)(intptr_t)depth);
    if (depth == 3) pthread_exit(&order);
    else leave(depth + 1);
    pthread_cleanup_pop(0);
}

static void *leave_deep(void *argument) {
    pthread_cleanup_push(note, (void *)9);
    pause_for(1);
    pthread_cleanup_pop(1);
    leave(1);
    return argument;
}

int gv_probe_leaving(void) {
    pthread_t threads[2];
    void *result;
    order = 0;
    for (int i = 0; i < 2; i++) CHECK(pthread_create(&threads[i], NULL, leave_deep, NULL) == 0);
    for (int i = 0; i < 2; i++) CHECK(pthread_join(threads[i], &result) == 0 && result == &order);
    CHECK(order == 93219321 || order == 99321321);
    return 0;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void unlock(void *argument) {
    order++;
    pthread_mutex_unlock(argument);
}

static void *wait_for_ever(void *argument) {
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, &mutex);
    for (;;) pthread_cond_wait(&never, &mutex);
    pthread_cleanup_pop(1);
    return argument;
}

static void *sleep_for_ever(void *argument) {
    for (;;) pause_for(3600000);
    return argument;
}

static void *refuse(void *argument) {
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    pause_for(10);
    pthread_testcancel();
    order += 10;
    pthread_setcancelstate(before, NULL);
    pthread_testcancel();
    order += 100;
    return argument;
}

int gv_probe_cancelling(void) {
    pthread_t threads[4];
    void *(*routines[4])(void *) = {wait_for_ever, sleep_for_ever, refuse, look};
    void *result;
    order = 0;
    for (int i = 0; i < 3; i++) CHECK(pthread_create(&threads[i], NULL, routines[i], NULL) == 0);
    pause_for(1);
    // One that has not begun yet.
    CHECK(pthread_create(&threads[3], NULL, routines[3], NULL) == 0);
    for (int i = 0; i < 4; i++) CHECK(pthread_cancel(threads[i]) == 0);
    for (int i = 0; i < 4; i++) CHECK(pthread_join(threads[i], &result) == 0 && result == PTHREAD_CANCELED);
    CHECK(order == 11 && pthread_mutex_trylock(&mutex) == 0);
    return pthread_mutex_unlock(&mutex);
}

static __attribute__((noinline)) size_t dig(size_t byte_count) {
    volatile char room[64 * 1024];
    room[0] = 1;
    return byte_count <= sizeof room ? (size_t)room[0] : dig(byte_count - sizeof room) + (size_t)room[0];
}

static void *dig_deep(void *argument) { return (void *)dig((size_t)argument); }

int gv_probe_stacks(void) {
    pthread_t thread;
    pthread_attr_t attributes;
    void *result;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 4 << 20);
    CHECK(pthread_create(&thread, &attributes, dig_deep, (void *)(3 << 20)) == 0);
    CHECK(pthread_join(thread, &result) == 0 && result == (void *)48);
    return 0;
}

static mtx_t c11_mutex;
static cnd_t c11_cond;
static tss_t c11_key;

static int c11_body(void *argument) {
    mtx_lock(&c11_mutex);
    mtx_lock(&c11_mutex);
    tss_set(c11_key, argument);
    order++;
    mtx_unlock(&c11_mutex);
    mtx_unlock(&c11_mutex);
    cnd_signal(&c11_cond);
    thrd_yield();
    if (tss_get(c11_key) == argument) thrd_exit(42);
    return 1;
}

int gv_probe_c11(void) {
    thrd_t threads[2];
    mtx_t plain;
    int result;
    order = 0;
    CHECK(mtx_init(&c11_mutex, mtx_recursive) == thrd_success && mtx_init(&plain, mtx_timed) == thrd_success);
    CHECK(cnd_init(&c11_cond) == thrd_success && tss_create(&c11_key, NULL) == thrd_success);
    for (int i = 0; i < 2; i++) CHECK(thrd_create(&threads[i], c11_body, &threads[i]) == thrd_success);
    mtx_lock(&plain);
    while (order < 2) CHECK(cnd_wait(&c11_cond, &plain) == thrd_success);
    struct timespec soon = time_in(CLOCK_REALTIME, 2);
    CHECK(cnd_timedwait(&c11_cond, &plain, &soon) == thrd_timedout);
    CHECK(mtx_trylock(&plain) == thrd_busy && mtx_timedlock(&plain, &soon) == thrd_timedout);
    for (int i = 0; i < 2; i++) CHECK(thrd_join(threads[i], &result) == thrd_success && result == 42);
    return 0;
}
