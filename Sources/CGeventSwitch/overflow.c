// SPDX-License-Identifier: Apache-2.0
// Says which greenlet has used up its stack; without this the process dies without a word.
#define _GNU_SOURCE
#include "include/gv_overflow.h"
#include "include/gv_ready.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SIGNAL_STACK_BYTES = 64 * 1024 };

static struct sigaction previous_segv, previous_bus;

// Only what may be called in a signal handler from here on.
typedef struct { char text[512]; size_t length; } message;

static void add(message *m, const char *text) {
    while (*text && m->length < sizeof m->text) m->text[m->length++] = *text++;
}

static void add_number(message *m, uint64_t number) {
    char digits[21], *first = digits + 20;
    *first = 0;
    do *--first = '0' + number % 10;
    while (number /= 10);
    add(m, first);
}

static void report(const gv_hub *hub, const gv_greenlet *greenlet) {
    message m = {.length = 0};
    add(&m, "gevent: stack overflow in ");
    if (greenlet == &hub->loop) add(&m, "the hub");
    else if (greenlet->name) { add(&m, "greenlet \""); add(&m, greenlet->name); add(&m, "\""); }
    else { add(&m, "greenlet #"); add_number(&m, greenlet->serial); }
    add(&m, ", which has ");
    add_number(&m, greenlet->stack->size / 1024);
    add(&m, " KiB of stack");
    if (greenlet->site_file) {
        add(&m, " and was spawned at ");
        add(&m, greenlet->site_file);
        add(&m, ":");
        add_number(&m, greenlet->site_line);
    }
    add(&m, ". Give it more with spawn(stackSize:).\n");
    if (write(STDERR_FILENO, m.text, m.length) < 0) return;
}

static void on_fault(int number, siginfo_t *info, void *context) {
    gv_hub *hub = gv_this_hub;
    gv_greenlet *greenlet = hub ? hub->current : 0;
    gv_stack *stack = greenlet ? greenlet->stack : 0;
    char *address = info->si_addr;
    if (stack && address < stack->base && address >= stack->base - stack->guard) report(hub, greenlet);

    struct sigaction *previous = number == SIGSEGV ? &previous_segv : &previous_bus;
    if (previous->sa_flags & SA_SIGINFO) previous->sa_sigaction(number, info, context);
    else if (previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN) previous->sa_handler(number);
    // Back at the instruction, which faults again, now with the default outcome.
    else sigaction(number, &(struct sigaction){.sa_handler = SIG_DFL}, 0);
}

void gv_overflow_install(void) {
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &previous_segv);
    sigaction(SIGBUS, &action, &previous_bus);
}

void *gv_signal_stack_make(void) {
    stack_t present;
    if (sigaltstack(0, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return 0;
    void *memory = mmap(0, SIGNAL_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 0;
    sigaltstack(&(stack_t){.ss_sp = memory, .ss_size = SIGNAL_STACK_BYTES}, 0);
    return memory;
}

void gv_signal_stack_free(void *memory) {
    if (!memory) return;
    sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, 0);
    munmap(memory, SIGNAL_STACK_BYTES);
}
