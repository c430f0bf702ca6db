// SPDX-License-Identifier: Apache-2.0
// What a switch between two contexts costs: switching called|ucontext COUNT.
#include "context.h"
#include "measure.h"
#include <ucontext.h>

enum { stack_size = 65536 };

static void *main_place, *first_place, *second_place;
static ucontext_t main_context, first_context, second_context;
static long turns;

static void answer(void) {
    for (;;) switch_context(&first_place, second_place);
}

static void ask(void) {
    for (;;) {
        for (long i = 0; i < turns; i++) switch_context(&second_place, first_place);
        switch_context(&second_place, main_place);
    }
}

static double measure_called(long count) {
    first_place = make_context(malloc(stack_size), stack_size, answer);
    second_place = make_context(malloc(stack_size), stack_size, ask);
    turns = count / 20;
    switch_context(&main_place, second_place);
    turns = count / 2;
    uint64_t start = now();
    switch_context(&main_place, second_place);
    return each(count, start);
}

static void answer_slowly(void) {
    for (;;) swapcontext(&first_context, &second_context);
}

static void ask_slowly(void) {
    for (long i = 0; i < turns; i++) swapcontext(&second_context, &first_context);
    swapcontext(&second_context, &main_context);
}

static void prepare(ucontext_t *context, void (*body)(void)) {
    getcontext(context);
    context->uc_stack.ss_sp = malloc(stack_size);
    context->uc_stack.ss_size = stack_size;
    makecontext(context, body, 0);
}

static double measure_ucontext(long count) {
    prepare(&first_context, answer_slowly);
    prepare(&second_context, ask_slowly);
    turns = count / 2;
    uint64_t start = now();
    swapcontext(&main_context, &second_context);
    return each(count, start);
}

int main(int count, char **arguments) {
    long switches = number(count, arguments, 2);
    printf("ns=%.3f\n", asked(arguments, "called") ? measure_called(switches) : measure_ucontext(switches));
}
