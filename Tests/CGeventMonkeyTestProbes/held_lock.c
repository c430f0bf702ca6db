// SPDX-License-Identifier: Apache-2.0
#include "include/gv_monkey_probes.h"
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void gv_probe_sleep_holding(void) {
    pthread_mutex_lock(&mutex);
    usleep(20000);
    pthread_mutex_unlock(&mutex);
}
