// SPDX-License-Identifier: Apache-2.0
// Thread-specific data. Keys are the C library's; a greenlet has its own values, the thread's own stack the real ones.
#define _GNU_SOURCE
#include "gv_thread.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// Odd while the key is in use; even when it was deleted, or made before the patch.
static struct {
    uintptr_t generation;
    void (*destructor)(void *);
} keys[PTHREAD_KEYS_MAX];

int gv_call_pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
    int answer = gv_real_threads.pthread_key_create(key, destructor);
    if (answer != 0) return answer;
    keys[*key].destructor = destructor;
    __atomic_store_n(&keys[*key].generation, (keys[*key].generation + 1) | 1, __ATOMIC_RELEASE);
    return 0;
}

int gv_call_pthread_key_delete(pthread_key_t key) {
    int answer = gv_real_threads.pthread_key_delete(key);
    if (answer != 0) return answer;
    keys[key].destructor = 0;
    __atomic_store_n(&keys[key].generation, (keys[key].generation + 1) & ~(uintptr_t)1, __ATOMIC_RELEASE);
    return 0;
}

void *gv_call_pthread_getspecific(pthread_key_t key) {
    if (!gv_is_thread()) return gv_real_threads.pthread_getspecific(key);
    gv_thread *thread = (gv_thread *)gv_this_hub->current->thread;
    if (!thread || key >= thread->value_count) return 0;
    gv_thread_value *place = &thread->values[key];
    return place->generation == __atomic_load_n(&keys[key].generation, __ATOMIC_ACQUIRE) ? place->value : 0;
}

int gv_call_pthread_setspecific(pthread_key_t key, const void *value) {
    if (!gv_is_thread()) return gv_real_threads.pthread_setspecific(key, value);
    if (key >= PTHREAD_KEYS_MAX) return EINVAL;
    gv_thread *thread = gv_thread_here();
    if (key >= thread->value_count) {
        size_t count = key < 16 ? 16 : key < 64 ? 64 : PTHREAD_KEYS_MAX;
        gv_thread_value *grown = realloc(thread->values, count * sizeof *grown);
        if (!grown) return ENOMEM;
        memset(grown + thread->value_count, 0, (count - thread->value_count) * sizeof *grown);
        thread->values = grown;
        thread->value_count = count;
    }
    uintptr_t generation = __atomic_load_n(&keys[key].generation, __ATOMIC_ACQUIRE);
    thread->values[key] = (gv_thread_value){(void *)value, generation};
    return 0;
}

// A destructor may set values again; as in the C library there is an end to that.
void gv_thread_end_values(gv_thread *thread) {
    for (int round = 0, again = 1; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
        again = 0;
        for (size_t key = 0; key < thread->value_count; key++) {
            gv_thread_value place = thread->values[key];
            if (!place.value) continue;
            thread->values[key].value = 0;
            uintptr_t generation = __atomic_load_n(&keys[key].generation, __ATOMIC_ACQUIRE);
            if (place.generation != generation || !keys[key].destructor) continue;
            again = 1;
            keys[key].destructor(place.value);
        }
    }
}

GV_THREAD_STAND_IN(pthread_key_create);
GV_THREAD_STAND_IN(pthread_key_delete);
GV_THREAD_STAND_IN(pthread_getspecific);
GV_THREAD_STAND_IN(pthread_setspecific);
