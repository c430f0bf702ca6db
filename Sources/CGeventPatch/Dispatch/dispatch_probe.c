// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_dispatch_probe.h"
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <string.h>

enum { MOST_WORDS = 64 };

typedef struct calls {
    void *(*make)(const char *, void *);
    void (*enter)(void *, void *, void (*)(void *));
    void (*release)(void *);
} calls;

typedef struct trial {
    gv_dispatch_probe *probe;
    const calls *calls;
    void *outer, *inner;
    void *before[MOST_WORDS], *within[MOST_WORDS];
} trial;

static int look(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    gv_dispatch_probe *probe = context;
    if (!strstr(info->dlpi_name, "libdispatch.so") || !info->dlpi_tls_data) return 0;
    for (size_t i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_TLS) probe->words = info->dlpi_phdr[i].p_memsz / sizeof(void *);
    probe->block = info->dlpi_tls_data;
    probe->distance = probe->block - (char *)__builtin_thread_pointer();
    return 1;
}

bool gv_dispatch_block(gv_dispatch_probe *probe) {
    return dl_iterate_phdr(look, probe) != 0 && probe->words > 0 && probe->words <= MOST_WORDS &&
           (uintptr_t)probe->block % sizeof(void *) == 0;
}

static void copy(const gv_dispatch_probe *probe, void **words) {
    memcpy(words, probe->block, probe->words * sizeof(void *));
}

// In the inner queue: the frame's word tells of the outer one, and of the frame there.
static void in_inner(void *context) {
    trial *it = context;
    void *now[MOST_WORDS];
    copy(it->probe, now);
    const gv_dispatch_frame *frame = now[it->probe->frame_word];
    it->probe->is_right = now[it->probe->queue_word] == it->inner && frame && frame != it->within[it->probe->frame_word] &&
                          frame->queue == it->outer && frame->previous == it->within[it->probe->frame_word];
}

// In the outer queue two words have changed, of which one is the queue.
static void in_outer(void *context) {
    trial *it = context;
    size_t changed = 0, queues = 0;
    copy(it->probe, it->within);
    for (size_t i = 0; i < it->probe->words; i++) {
        if (it->within[i] == it->before[i]) continue;
        changed++;
        if (it->within[i] == it->outer) {
            queues++;
            it->probe->queue_word = i;
        } else {
            it->probe->frame_word = i;
        }
    }
    if (changed == 2 && queues == 1) it->calls->enter(it->inner, it, in_inner);
}

static void warm_up(void *context) { (void)context; }

void *gv_dispatch_try(void *context) {
    calls calls = {
        .make = dlsym(RTLD_DEFAULT, "dispatch_queue_create"),
        .enter = dlsym(RTLD_DEFAULT, "dispatch_sync_f"),
        .release = dlsym(RTLD_DEFAULT, "dispatch_release"),
    };
    if (!calls.make || !calls.enter || !calls.release) return 0;
    trial it = {.probe = context, .calls = &calls};
    it.outer = calls.make("gevent.outer", 0);
    it.inner = calls.make("gevent.inner", 0);
    calls.enter(it.outer, 0, warm_up);
    if (gv_dispatch_block(it.probe)) {
        copy(it.probe, it.before);
        calls.enter(it.outer, &it, in_outer);
    }
    calls.release(it.inner);
    calls.release(it.outer);
    return 0;
}
