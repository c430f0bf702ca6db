// SPDX-License-Identifier: Apache-2.0
// Entry points of the Swift runtimes. Weak, so that a missing one is a missing capability.
#ifndef GV_RUNTIME_CALLS_H
#define GV_RUNTIME_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GV_ACCESS_MODIFY 1
#define GV_ACCESS_TRACKED 0x20

#if !defined(__clang__)
#error "the Swift calling convention needs clang"
#endif

extern void swift_beginAccess(void *address, void *record, uintptr_t flags, void *pc) __attribute__((weak));
extern void swift_endAccess(void *record) __attribute__((weak));
extern void swift_task_enterThreadLocalContext(char *state) __attribute__((weak));
extern void swift_task_exitThreadLocalContext(char *state) __attribute__((weak));
extern __attribute__((swiftcall)) void swift_task_localValuePush(const void *key, void *value, const void *type) __attribute__((weak));
extern __attribute__((swiftcall)) void swift_task_localValuePop(void) __attribute__((weak));
extern const char gv_int_type[] __asm__("$sSiN") __attribute__((weak));
#define GV_INT_TYPE ((const void *)gv_int_type)

// Pushes a task-local value for `key` and finds the thread-local word that leads to its record.
// Returns the record, NULL if the word could not be told. The caller pops. In task_locals.c.
void *gv_task_locals_probe(const void *key, intptr_t *value, intptr_t *place);

#endif
