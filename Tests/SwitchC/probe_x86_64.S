// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

// The contract is in tests.h. The frame of probe_swap:
//
//        +-------------------+ <- stack pointer of the caller, less 8
//   +8   | rbp rbx r12 - r15 |    the caller's, 48 bytes
//   +0   | values            |
//        +-------------------+ <- a multiple of 16, as a call demands

    .text
    .globl  probe_swap
    .type   probe_swap, @function
probe_swap:
    pushq   %rbp                        // the caller's registers
    pushq   %rbx
    pushq   %r12
    pushq   %r13
    pushq   %r14
    pushq   %r15
    pushq   %rdi                        // values
    movq    %rdi, %rax
    movq    %rsi, %rdi                  // save
    movq    %rdx, %rsi                  // load
    movq    (%rax), %rbp                // the values into the registers
    movq    8(%rax), %rbx
    movq    16(%rax), %r12
    movq    24(%rax), %r13
    movq    32(%rax), %r14
    movq    40(%rax), %r15
    call    gv_context_swap@PLT
    popq    %rax                        // values
    movq    %rbp, (%rax)                // the registers into the values
    movq    %rbx, 8(%rax)
    movq    %r12, 16(%rax)
    movq    %r13, 24(%rax)
    movq    %r14, 32(%rax)
    movq    %r15, 40(%rax)
    popq    %r15                        // the caller's registers
    popq    %r14
    popq    %r13
    popq    %r12
    popq    %rbx
    popq    %rbp
    ret
    .size   probe_swap, . - probe_swap

    .globl  probe_entry
    .type   probe_entry, @function
probe_entry:
    movq    %rsp, (%rdi)                // stack_pointer
    movq    %rbp, 8(%rdi)               // frame_pointer
    jmp     *16(%rdi)                   // body: it finds the stack as we found it
    .size   probe_entry, . - probe_entry

#endif

    .section .note.GNU-stack, "", @progbits
