// SPDX-License-Identifier: Apache-2.0
#ifndef GV_OVERFLOW_H
#define GV_OVERFLOW_H

#ifdef __cplusplus
extern "C" {
#endif

/// Puts the handler that reports overflows in front of the present ones for SIGSEGV and SIGBUS.
/// Once a process.
void gv_overflow_install(void);

/// Gives this thread a stack for signal handlers, unless it has one. NULL if there was nothing to do.
void *gv_signal_stack_make(void);

/// Takes it back. Does nothing for NULL.
void gv_signal_stack_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
