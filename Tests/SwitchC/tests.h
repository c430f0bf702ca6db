// SPDX-License-Identifier: Apache-2.0
// What switch_test.c runs, a group of checks each.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void test_entry(void);
void test_registers(void);
void test_integrity(void);
void test_unwinding(void);
void test_exceptions(void);

/// The floating-point controls and what else only one architecture has.
void test_architecture(void);

/// Prints nanoseconds per switch, by the shape of the code that switches.
void bench(void);

/// The callee-saved registers of this architecture, in the order of `probe_swap`, then NULL.
extern const char *const register_names[];

/// Loads the callee-saved registers with `values`, switches, and puts back into `values` what
/// they are after the switch. Its own caller's registers come out as they went in.
void probe_swap(uint64_t *values, void **save, void *load);

/// What `probe_entry` finds when it is entered.
struct entry_state {
    uintptr_t stack_pointer;
    uintptr_t frame_pointer;
    void (*body)(void *);
};

/// An entry that notes the state it finds in its argument, an `entry_state`, and goes on to
/// `body(argument)` with the stack as it was.
void probe_entry(void *argument);

/// What the stack pointer is past a multiple of 16 at the entry of a function.
extern const uintptr_t entry_misalignment;

#ifdef __cplusplus
}
#endif
