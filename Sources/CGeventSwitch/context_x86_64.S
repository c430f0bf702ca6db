// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

// The contract is in gv_context.h. A saved context, as both routines below lay it out:
//
//        +-------------------+ <- stack pointer of the caller of gv_context_swap
//   +56  | return address    |    made context: .Lfirst_instruction
//   +48  | rbp               |    made context: 0, so that frame-pointer walks end
//   +40  | rbx               |    made context: argument
//   +32  | r12               |    made context: entry
//   +24  | r13               |    made context: 0
//   +16  | r14               |    made context: 0
//   +8   | r15               |    made context: 0
//   +4   | x87 control word  |    two bytes, and two that nobody reads
//   +0   | MXCSR             |    four bytes
//        +-------------------+ <- the context
//
// The stack pointer changes in the middle of gv_context_swap, and the unwind rules need no word
// about it: above it on either side lies the same frame.

    .text

    .globl  gv_context_swap
    .type   gv_context_swap, @function
    .p2align 6
gv_context_swap:
    .cfi_startproc
    endbr64                             // may be called through a pointer where IBT is on
    pushq   %rbp                        // +48
    .cfi_adjust_cfa_offset 8            // the frame is 8 bytes larger
    .cfi_rel_offset %rbp, 0             // and rbp of the caller at its low end
    pushq   %rbx                        // +40
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    pushq   %r12                        // +32
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    pushq   %r13                        // +24
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    pushq   %r14                        // +16
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    pushq   %r15                        // +8
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    subq    $8, %rsp                    // room for the floating-point controls
    .cfi_adjust_cfa_offset 8
    stmxcsr (%rsp)                      // +0: there is no way into a register but through memory
    fnstcw  4(%rsp)                     // +4
    // Loads as wide as the stores before them: one load over both would wait for the stores to
    // reach the cache (failed store forwarding; 5 ns on Zen 3).
    movl    (%rsp), %eax                // MXCSR as it is
    movzwl  4(%rsp), %ecx               // x87 control word as it is
    movq    %rsp, (%rdi)                // *save = the context that leaves
    movq    %rsi, %rsp                  // from here on we are the context that comes
    xorl    (%rsp), %eax                // MXCSR bits that differ from the saved ones
    testl   $0xFFC0, %eax               // any but the exception flags (bits 0 to 5)?
    jne     .Lreload                    // yes: rare
    cmpw    4(%rsp), %cx                // the x87 control word differs?
    jne     .Lreload                    // yes: rare
.Lrestore:
    addq    $8, %rsp                    // leave the floating-point controls
    .cfi_adjust_cfa_offset -8           // the frame is 8 bytes smaller
    popq    %r15                        // +8
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15                   // and r15 is the caller's again
    popq    %r14                        // +16
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    popq    %r13                        // +24
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    popq    %r12                        // +32
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    popq    %rbx                        // +40
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    popq    %rbp                        // +48
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    // A `ret` pairs with the call that brought us here; a `pop; jmp` would leave the processor's
    // stack of return addresses one off, and every return after it mispredicted.
    ret                                 // +56: to the caller of the context that came

    // All saved, nothing restored yet: the rules are those of .Lrestore before its first line.
    .cfi_adjust_cfa_offset 56           // undo what the pops above said
    .cfi_rel_offset %rbp, 48
    .cfi_rel_offset %rbx, 40
    .cfi_rel_offset %r12, 32
    .cfi_rel_offset %r13, 24
    .cfi_rel_offset %r14, 16
    .cfi_rel_offset %r15, 8
.Lreload:
    // A pending x87 flag that the new control word unmasks would trap at the next x87 instruction,
    // in a context that did not raise it: so clear them (Intel SDM, FLDCW). SSE has no such trap
    // (LDMXCSR).
    fnclex                              // drop the x87 exception flags
    fldcw   4(%rsp)                     // +4
    ldmxcsr (%rsp)                      // +0
    jmp     .Lrestore                   // go on as if nothing had differed
    .cfi_endproc
    .size   gv_context_swap, . - gv_context_swap

// Where the first switch to a made context returns to; nobody calls it. In rbx the argument, in r12
// the entry.
//
//        +-------------------+ <- top, rounded down to 16
//   -8   | return address    |    pushed by the call: .Lreturned
//        +-------------------+ <- stack pointer at the entry

    .type   gv_context_start, @function
    .p2align 4
gv_context_start:
    .cfi_startproc
    .cfi_undefined %rip                 // nobody called us: unwinding ends here
    .cfi_undefined %rbp
    nop                                 // unwinders look up return addresses less one
.Lfirst_instruction:
    movq    %rbx, %rdi                  // argument
    call    *%r12                       // entry; the stack is a multiple of 16 before a call
.Lreturned:
    ud2                                 // it returned: its stack has no caller
    .cfi_endproc
    .size   gv_context_start, . - gv_context_start

// Writes the saved context drawn at the top of this file, its high end at `top`, and returns its
// address.

    .globl  gv_context_make
    .type   gv_context_make, @function
    .p2align 4
gv_context_make:
    .cfi_startproc
    endbr64                             // may be called through a pointer where IBT is on
    andq    $-16, %rdi                  // top, rounded down
    leaq    -64(%rdi), %rax             // the context, which is what we return
    leaq    .Lfirst_instruction(%rip), %rcx
    movq    %rcx, 56(%rax)              // return address
    movq    $0, 48(%rax)                // rbp
    movq    %rdx, 40(%rax)              // rbx: argument
    movq    %rsi, 32(%rax)              // r12: entry
    movq    $0, 24(%rax)                // r13
    movq    $0, 16(%rax)                // r14
    movq    $0, 8(%rax)                 // r15
    movq    $0, (%rax)                  // the two bytes that nobody reads
    stmxcsr (%rax)                      // MXCSR of the maker
    fnstcw  4(%rax)                     // x87 control word of the maker
    ret
    .cfi_endproc
    .size   gv_context_make, . - gv_context_make
#endif

// Outside the condition: where the architecture is the other one and the object comes out empty,
// it needs the note too. One object without it, and the linker makes every stack executable.
    .section .note.GNU-stack, "", @progbits
