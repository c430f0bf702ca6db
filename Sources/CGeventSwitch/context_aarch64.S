// SPDX-License-Identifier: Apache-2.0
#if defined(__aarch64__)

// The contract is in gv_context.h. A saved context, as both routines below lay it out:
//
//        +-------------------+ <- stack pointer of the caller of gv_context_swap
//   +168 | nothing           |    keeps the stack pointer a multiple of 16
//   +160 | FPCR              |    made context: the maker's
//   +144 | d14  d15          |    made context: 0 0
//   +128 | d12  d13          |    made context: 0 0
//   +112 | d10  d11          |    made context: 0 0
//   +96  | d8   d9           |    made context: 0 0
//   +80  | x27  x28          |    made context: 0 0
//   +64  | x25  x26          |    made context: 0 0
//   +48  | x23  x24          |    made context: 0 0
//   +32  | x21  x22          |    made context: 0 0
//   +16  | x19  x20          |    made context: argument, entry
//   +0   | x29  x30          |    made context: 0 (frame-pointer walks end), .Lfirst_instruction
//        +-------------------+ <- the context
//
// The stack pointer changes in the middle of gv_context_swap, and the unwind rules need no word
// about it: above it on either side lies the same frame. Of v8 to v15 callers rely on the
// low half only (AAPCS64, 6.1.2). x18 is the platform's, never ours.

    .text

    .globl  gv_context_swap
    .type   gv_context_swap, %function
    .p2align 6
gv_context_swap:
    .cfi_startproc
    hint    #34                         // bti c: may be called through a pointer where BTI is on
    stp     x29, x30, [sp, #-176]!      // +0: frame pointer and return address
    .cfi_adjust_cfa_offset 176
    .cfi_rel_offset x29, 0
    .cfi_rel_offset x30, 8
    stp     x19, x20, [sp, #16]
    .cfi_rel_offset x19, 16
    .cfi_rel_offset x20, 24
    stp     x21, x22, [sp, #32]
    .cfi_rel_offset x21, 32
    .cfi_rel_offset x22, 40
    stp     x23, x24, [sp, #48]
    .cfi_rel_offset x23, 48
    .cfi_rel_offset x24, 56
    stp     x25, x26, [sp, #64]
    .cfi_rel_offset x25, 64
    .cfi_rel_offset x26, 72
    stp     x27, x28, [sp, #80]
    .cfi_rel_offset x27, 80
    .cfi_rel_offset x28, 88
    stp     d8, d9, [sp, #96]
    .cfi_rel_offset d8, 96
    .cfi_rel_offset d9, 104
    stp     d10, d11, [sp, #112]
    .cfi_rel_offset d10, 112
    .cfi_rel_offset d11, 120
    stp     d12, d13, [sp, #128]
    .cfi_rel_offset d12, 128
    .cfi_rel_offset d13, 136
    stp     d14, d15, [sp, #144]
    .cfi_rel_offset d14, 144
    .cfi_rel_offset d15, 152
    mrs     x9, fpcr                    // floating-point controls; the exception flags are in FPSR
    str     x9, [sp, #160]
    mov     x10, sp                     // str cannot store sp itself
    str     x10, [x0]                   // *save = the context that leaves
    mov     sp, x1                      // from here on we are the context that comes
    ldr     x11, [sp, #160]             // its FPCR
    cmp     x9, x11                     // as it is already?
    b.ne    .Lreload                    // no: rare
.Lrestore:
    // The slots keep their values until the frame goes, so their unwind rules hold until then.
    ldp     x19, x20, [sp, #16]
    ldp     x21, x22, [sp, #32]
    ldp     x23, x24, [sp, #48]
    ldp     x25, x26, [sp, #64]
    ldp     x27, x28, [sp, #80]
    ldp     d8, d9, [sp, #96]
    ldp     d10, d11, [sp, #112]
    ldp     d12, d13, [sp, #128]
    ldp     d14, d15, [sp, #144]
    .cfi_remember_state                 // for .Lreload
    ldp     x29, x30, [sp], #176        // +0: and the frame is gone
    .cfi_def_cfa_offset 0
    .cfi_restore x29
    .cfi_restore x30
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore d8
    .cfi_restore d9
    .cfi_restore d10
    .cfi_restore d11
    .cfi_restore d12
    .cfi_restore d13
    .cfi_restore d14
    .cfi_restore d15
    // A `ret` pairs with the call that brought us here; a `br` would leave the processor's
    // stack of return addresses one off, and every return after it mispredicted.
    ret                                 // to the caller of the context that came

.Lreload:
    .cfi_restore_state                  // the frame is still there
    msr     fpcr, x11                   // not renamed: waits for the work before it
    b       .Lrestore                   // go on as if nothing had differed
    .cfi_endproc
    .size   gv_context_swap, . - gv_context_swap

// Where the first switch to a made context returns to; nobody calls it. In x19 the argument, in x20
// the entry. The stack is empty:
//
//        +-------------------+ <- top, rounded down to 16: stack pointer at the entry

    .type   gv_context_start, %function
    .p2align 4
gv_context_start:
    .cfi_startproc
    .cfi_undefined x30                  // nobody called us: unwinding ends here
    .cfi_undefined x29
    nop                                 // unwinders look up return addresses less one
.Lfirst_instruction:
    mov     x0, x19                     // argument
    blr     x20                         // entry
    brk     #1                          // it returned: its stack has no caller
    .cfi_endproc
    .size   gv_context_start, . - gv_context_start

// Writes the saved context drawn at the top of this file, its high end at `top`, and returns its
// address.

    .globl  gv_context_make
    .type   gv_context_make, %function
    .p2align 4
gv_context_make:
    .cfi_startproc
    hint    #34                         // bti c: may be called through a pointer where BTI is on
    and     x0, x0, #-16                // top, rounded down
    sub     x0, x0, #176                // the context, which is what we return
    adr     x9, .Lfirst_instruction     // return address
    mrs     x10, fpcr                   // floating-point controls of the maker
    stp     xzr, x9, [x0]               // x29, x30
    stp     x2, x1, [x0, #16]           // x19: argument, x20: entry
    stp     xzr, xzr, [x0, #32]         // x21, x22
    stp     xzr, xzr, [x0, #48]         // x23, x24
    stp     xzr, xzr, [x0, #64]         // x25, x26
    stp     xzr, xzr, [x0, #80]         // x27, x28
    stp     xzr, xzr, [x0, #96]         // d8, d9
    stp     xzr, xzr, [x0, #112]        // d10, d11
    stp     xzr, xzr, [x0, #128]        // d12, d13
    stp     xzr, xzr, [x0, #144]        // d14, d15
    stp     x10, xzr, [x0, #160]        // FPCR
    ret
    .cfi_endproc
    .size   gv_context_make, . - gv_context_make
#endif

// Outside the condition: where the architecture is the other one and the object comes out empty,
// it needs the note too. One object without it, and the linker makes every stack executable.
    .section .note.GNU-stack, "", %progbits
