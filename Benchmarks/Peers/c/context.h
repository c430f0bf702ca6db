// SPDX-License-Identifier: Apache-2.0
// The least that a context switch can do on x86-64 as a function: six registers and the stack pointer. No
// floating-point controls, no signal mask, nothing for an unwinder.
#pragma once
#include <stdint.h>
#include <stdlib.h>

#ifndef __x86_64__
#error "the bare context switch is written for x86-64 only"
#endif

// Keeps where this context is in *from, and goes on where `to` was kept.
void switch_context(void **from, void *to);

// Aligned to a cache line: at some offsets within one the same instructions take three times as long.
__asm__(".text\n"
        ".p2align 6\n"
        ".type switch_context, @function\n"
        "switch_context:\n"
        "push %rbp\n"
        "push %rbx\n"
        "push %r12\n"
        "push %r13\n"
        "push %r14\n"
        "push %r15\n"
        "mov %rsp, (%rdi)\n"
        "mov %rsi, %rsp\n"
        "pop %r15\n"
        "pop %r14\n"
        "pop %r13\n"
        "pop %r12\n"
        "pop %rbx\n"
        "pop %rbp\n"
        "pop %rcx\n"
        "jmp *%rcx\n"
        ".size switch_context, . - switch_context\n");

// A context that begins with `body`, which never returns, on a stack of so many bytes.
static inline void *make_context(char *stack, size_t size, void (*body)(void)) {
    uint64_t *top = (uint64_t *)((uintptr_t)(stack + size) & ~(uintptr_t)15);
    *--top = 0;
    *--top = (uint64_t)body;
    for (int i = 0; i < 6; i++) *--top = 0;
    return top;
}
