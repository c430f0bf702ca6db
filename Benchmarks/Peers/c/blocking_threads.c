// SPDX-License-Identifier: Apache-2.0
// Threads that are all in a blocking library at once: blocking_threads LIBRARY CLIENT PORT THREADS COUNT.
#include "blocking.h"
#include "measure.h"
#include <dlfcn.h>
#include <pthread.h>

static blocking_client client;
static int port;
static long share;

static void *ask(void *unused) {
    (void)unused;
    return (void *)client(port, share);
}

static long ask_together(int threads, long count) {
    pthread_t all[1024];
    long wrong = 0;
    share = count;
    for (int i = 0; i < threads; i++)
        if (pthread_create(&all[i], 0, ask, 0) != 0) exit(1);
    for (int i = 0; i < threads; i++) {
        void *result;
        pthread_join(all[i], &result);
        wrong += (long)result;
    }
    return wrong;
}

int main(int words, char **arguments) {
    if (words != 6 || atoi(arguments[4]) > 1024) return 2;
    char symbol[64];
    snprintf(symbol, sizeof symbol, "ask_%s", arguments[2]);
    void *library = dlopen(arguments[1], RTLD_NOW);
    void *found = library ? dlsym(library, symbol) : 0;
    if (!found) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    client = (blocking_client)found;
    port = atoi(arguments[3]);
    int threads = atoi(arguments[4]);
    long count = atol(arguments[5]), total = threads * count;
    ask_together(threads, 10);
    double cpu = cpu_seconds();
    uint64_t start = now();
    long wrong = ask_together(threads, count);
    double seconds = (double)(now() - start) / 1e9;
    printf("rate=%.6g cpu_us=%.6g\n", (double)total / seconds, (cpu_seconds() - cpu) * 1e6 / (double)total);
    if (wrong > 0) fprintf(stderr, "%ld answers were wrong\n", wrong);
    return wrong > 0;
}
