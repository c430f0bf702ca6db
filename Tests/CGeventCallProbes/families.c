// SPDX-License-Identifier: Apache-2.0
#include "probe.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

// What compilers call with -D_FORTIFY_SOURCE; no header declares it.
extern ssize_t __read_chk(int, void *, size_t, size_t);
#define REAL(name) .name = (__typeof__(((probe_calls *)0)->name))(void *)name
#define STAND_IN(name) .name = gv_call_##name
#define ALL(kind)                                                                                                      \
    kind(read), kind(write), kind(readv), kind(writev), kind(pread), kind(pwrite), kind(preadv), kind(pwritev),        \
        kind(sendfile), kind(recv), kind(send), kind(recvfrom), kind(sendto), kind(recvmsg), kind(sendmsg),            \
        kind(recvmmsg), kind(sendmmsg), kind(accept), kind(accept4), kind(connect), kind(poll), kind(ppoll),           \
        kind(select), kind(pselect), kind(epoll_wait), kind(epoll_pwait), kind(epoll_pwait2)

static const probe_calls real_calls = {ALL(REAL), .read_chk = __read_chk};
static const probe_calls stand_ins = {ALL(STAND_IN), STAND_IN(read_chk)};

static const probe_family *const families[] = {
    &probe_receiving, &probe_sending, &probe_bytes, &probe_places, &probe_connecting, &probe_polling,
};

enum { FAMILIES = sizeof families / sizeof *families, THREADS = 48 };

const gv_probe_family *gv_probe_family_at(size_t index) { return index < FAMILIES ? &families[index]->head : 0; }

void gv_probe_describe(size_t family, size_t index, char *report) { families[family]->describe(index, report); }

static void run(
    const probe_calls *calls, size_t family, size_t index, gv_probe_spawn spawn, gv_probe_pause pause, char *report) {
    // For the thread alone: other tests may want to know of it.
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &held, 0);
    report[0] = 0;
    probe probe = {
        .calls = calls, .spawn = spawn, .pause = pause, .index = index, .here = -1, .there = -1, .report = report};
    families[family]->run(&probe);
}

void gv_probe_run(size_t family, size_t index, gv_probe_spawn spawn, gv_probe_pause pause, char *report) {
    run(&stand_ins, family, index, spawn, pause, report);
}

static void pause_thread(int milliseconds) { usleep((unsigned)milliseconds * 1000); }

typedef struct {
    void (*act)(void *);
    void *context;
} thread_job;

static void *begin(void *argument) {
    thread_job job = *(thread_job *)argument;
    free(argument);
    pause_thread(2);
    job.act(job.context);
    return 0;
}

static void spawn_thread(void (*act)(void *), void *context) {
    pthread_t thread;
    thread_job *job = malloc(sizeof *job);
    *job = (thread_job){act, context};
    if (pthread_create(&thread, 0, begin, job) != 0) abort();
    pthread_detach(thread);
}

typedef struct {
    size_t family;
    size_t next;
    char *reports;
} work;

static void *work_off(void *argument) {
    work *all = argument;
    size_t count = families[all->family]->head.count, index;
    while ((index = __atomic_fetch_add(&all->next, 1, __ATOMIC_RELAXED)) < count)
        run(&real_calls, all->family, index, spawn_thread, pause_thread, all->reports + index * GV_REPORT_BYTES);
    return 0;
}

void gv_probe_run_really(size_t family, char *reports) {
    pthread_t threads[THREADS];
    work all = {.family = family, .reports = reports};
    for (size_t index = 0; index < THREADS; index++)
        if (pthread_create(&threads[index], 0, work_off, &all) != 0) abort();
    for (size_t index = 0; index < THREADS; index++) pthread_join(threads[index], 0);
}
