// SPDX-License-Identifier: Apache-2.0
// The switch from one stack to another, for x86-64 and aarch64 Linux.
//
// A context is a stack that does not run. It is named by its stack pointer, above which lie its
// callee-saved registers and its floating-point controls; context_<architecture>.S has the drawing.
// A context is resumed once for each time it was made or saved, and only by the thread it belongs
// to: code compiled around a switch may keep thread-local addresses in registers.
#ifndef GV_CONTEXT_H
#define GV_CONTEXT_H

#ifdef __cplusplus
extern "C" {
#endif

/// Saves the running context and resumes another one.
///
/// It returns when somebody resumes the context saved here. Then the callee-saved registers, the
/// stack pointer and the floating-point controls (x86-64: MXCSR but for its exception flags, and
/// the x87 control word; aarch64: FPCR) are what they were. The floating-point exception flags are
/// not part of a context: what they are after a switch is unspecified. The signal mask and
/// everything thread-local stay as they are. Hardware shadow stacks (x86 SHSTK, aarch64 GCS) are
/// not switched: they must be off.
///
/// - save: Where the running context goes; written before the other one is resumed.
/// - load: A context from `gv_context_swap` or `gv_context_make`, not resumed since.
void gv_context_swap(void **save, void *load);

/// Prepares a stack so that the first switch to it calls `entry(argument)`.
///
/// The entry starts with the stack aligned as the ABI demands and with the floating-point controls
/// of the caller of `gv_context_make`, as a new thread has its creator's. It is the outermost
/// frame: backtraces, exceptions and frame-pointer walks end there. It must never return; if it
/// does, the process dies of an illegal instruction (x86-64) or a breakpoint (aarch64).
///
/// - top: The high end of a writable stack, rounded down to 16. At most 192 bytes below it are
///   written here.
/// - entry: What runs on the stack.
/// - argument: What the entry is given; not looked at.
/// - Returns: The context, which is `load` of the first switch to it.
void *gv_context_make(void *top, void (*entry)(void *), void *argument);

#ifdef __cplusplus
}
#endif

#endif
