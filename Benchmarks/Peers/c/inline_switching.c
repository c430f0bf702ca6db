// SPDX-License-Identifier: Apache-2.0
// What a switch costs that the compiler sees, so that it saves live registers only: inline_switching COUNT. It needs
// -mno-red-zone, since it pushes below the stack pointer.
#include "measure.h"

#ifndef __x86_64__
#error "the bare context switch is written for x86-64 only"
#endif

enum { stack_size = 65536 };

typedef struct {
    void *stack, *code;
} place;

static place main_place, first_place, second_place;
static long turns;

static inline __attribute__((always_inline)) void swap(place *from, place *to) {
    __asm__ volatile("push %%rbp\n"
                     "lea 1f(%%rip), %%rax\n"
                     "mov %%rsp, (%%rdi)\n"
                     "mov %%rax, 8(%%rdi)\n"
                     "mov (%%rsi), %%rsp\n"
                     "jmp *8(%%rsi)\n"
                     "1: pop %%rbp\n"
                     : "+D"(from), "+S"(to)
                     :
                     : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory",
                       "cc");
}

__attribute__((noinline, noreturn)) static void answer(void) {
    for (;;) swap(&first_place, &second_place);
}

__attribute__((noinline, noreturn)) static void ask(void) {
    for (;;) {
        for (long i = 0; i < turns; i++) swap(&second_place, &first_place);
        swap(&second_place, &main_place);
    }
}

static place begin(void (*body)(void)) {
    char *stack = malloc(stack_size);
    return (place){(void *)((((uintptr_t)stack + stack_size) & ~(uintptr_t)15) - 8), (void *)body};
}

int main(int count, char **arguments) {
    long switches = number(count, arguments, 1);
    first_place = begin(answer);
    second_place = begin(ask);
    turns = switches / 2;
    uint64_t start = now();
    swap(&main_place, &second_place);
    printf("ns=%.3f\n", each(switches, start));
}
