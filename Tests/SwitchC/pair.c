// SPDX-License-Identifier: Apache-2.0
#include "pair.h"

#include <stdlib.h>

void pair_open(struct pair *pair, void (*entry)(void *), void *argument) {
    pair->stack = malloc(stack_size);
    if (!pair->stack) abort();
    pair->far = gv_context_make(pair->stack + stack_size, entry, argument);
}

void pair_close(struct pair *pair) {
    free(pair->stack);
}

void go_far(struct pair *pair) {
    gv_context_swap(&pair->near, pair->far);
}

void go_near(struct pair *pair) {
    gv_context_swap(&pair->far, pair->near);
}

struct run {
    struct pair pair;
    void (*body)(void *);
    void *argument;
};

static void run_body(void *argument) {
    struct run *run = argument;
    run->body(run->argument);
    go_near(&run->pair);
    abort();
}

void run_far(void (*body)(void *), void *argument) {
    struct run run = {.body = body, .argument = argument};
    pair_open(&run.pair, run_body, &run);
    go_far(&run.pair);
    pair_close(&run.pair);
}
