// SPDX-License-Identifier: Apache-2.0
#if defined(__aarch64__)

// The contract is in tests.h. The frame of probe_swap:
//
//        +-------------------+ <- stack pointer of the caller
//   +112 | d8 - d15          |    the caller's
//   +32  | x19 - x28         |    the caller's
//   +16  | values            |
//   +0   | x29  x30          |    the caller's
//        +-------------------+

    .text
    .globl  probe_swap
    .type   probe_swap, %function
probe_swap:
    stp     x29, x30, [sp, #-176]!      // the caller's registers
    str     x0, [sp, #16]               // values
    stp     x19, x20, [sp, #32]
    stp     x21, x22, [sp, #48]
    stp     x23, x24, [sp, #64]
    stp     x25, x26, [sp, #80]
    stp     x27, x28, [sp, #96]
    stp     d8, d9, [sp, #112]
    stp     d10, d11, [sp, #128]
    stp     d12, d13, [sp, #144]
    stp     d14, d15, [sp, #160]
    mov     x9, x0
    mov     x0, x1                      // save
    mov     x1, x2                      // load
    ldp     x19, x20, [x9]              // the values into the registers
    ldp     x21, x22, [x9, #16]
    ldp     x23, x24, [x9, #32]
    ldp     x25, x26, [x9, #48]
    ldp     x27, x28, [x9, #64]
    ldp     d8, d9, [x9, #80]
    ldp     d10, d11, [x9, #96]
    ldp     d12, d13, [x9, #112]
    ldp     d14, d15, [x9, #128]
    ldr     x29, [x9, #144]
    bl      gv_context_swap             // and x30 is what brings us back here
    ldr     x9, [sp, #16]               // values
    stp     x19, x20, [x9]              // the registers into the values
    stp     x21, x22, [x9, #16]
    stp     x23, x24, [x9, #32]
    stp     x25, x26, [x9, #48]
    stp     x27, x28, [x9, #64]
    stp     d8, d9, [x9, #80]
    stp     d10, d11, [x9, #96]
    stp     d12, d13, [x9, #112]
    stp     d14, d15, [x9, #128]
    str     x29, [x9, #144]
    ldp     x19, x20, [sp, #32]         // the caller's registers
    ldp     x21, x22, [sp, #48]
    ldp     x23, x24, [sp, #64]
    ldp     x25, x26, [sp, #80]
    ldp     x27, x28, [sp, #96]
    ldp     d8, d9, [sp, #112]
    ldp     d10, d11, [sp, #128]
    ldp     d12, d13, [sp, #144]
    ldp     d14, d15, [sp, #160]
    ldp     x29, x30, [sp], #176
    ret
    .size   probe_swap, . - probe_swap

    .globl  probe_entry
    .type   probe_entry, %function
probe_entry:
    mov     x9, sp
    stp     x9, x29, [x0]               // stack_pointer, frame_pointer
    ldr     x9, [x0, #16]               // body: it finds the stack as we found it
    br      x9
    .size   probe_entry, . - probe_entry

#endif

    .section .note.GNU-stack, "", %progbits
