// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "gv_thread_calls.h"

// The header leaves these to its macros.
void __pthread_register_cancel(__pthread_unwind_buf_t *);
void __pthread_unregister_cancel(__pthread_unwind_buf_t *);
void __pthread_unwind_next(__pthread_unwind_buf_t *);

#define GV_REAL(type, name, arguments) .name = (__typeof__(gv_real_threads.name))(void *)name,

const gv_thread_library gv_real_threads __attribute__((section("gv_libc_table"), used)) = {
    GV_THREAD_CALLS(GV_REAL) GV_THREAD_REAL_CALLS(GV_REAL)};
