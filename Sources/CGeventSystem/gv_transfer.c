// SPDX-License-Identifier: Apache-2.0
// The two calls that every message makes. In a program with threads the C library prepares each of its own for a thread that
// is cancelled inside of it, and takes that back: two locked instructions and a hundred others. A call that does not block
// needs nothing of it, so the kernel is asked directly; but under a sanitizer, which has to see the bytes.
#define _GNU_SOURCE 1
#include "include/gv_socket.h"
#include <sys/syscall.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define GV_ASKS_LIBRARY 1
#endif

#if !defined(GV_ASKS_LIBRARY) && defined(__x86_64__)
static long ask(long number, long a, long b, long c, long d) {
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = 0, r9 __asm__("r9") = 0;
    long answer;
    __asm__ volatile("syscall"
                     : "=a"(answer)
                     : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return answer;
}
#elif !defined(GV_ASKS_LIBRARY) && defined(__aarch64__)
static long ask(long number, long a, long b, long c, long d) {
    register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d, x4 __asm__("x4") = 0, x5 __asm__("x5") = 0;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}
#else
static long ask(long number, long a, long b, long c, long d) {
    return gv_result(
        number == SYS_recvfrom ? gv_libc.recv((int)a, (void *)b, (size_t)c, (int)d)
                               : gv_libc.send((int)a, (const void *)b, (size_t)c, (int)d));
}
#endif

long gv_socket_receive(int fd, void *bytes, size_t count, int flags) {
    return ask(SYS_recvfrom, fd, (long)bytes, (long)count, flags);
}

long gv_socket_send(int fd, const void *bytes, size_t count, int flags) {
    return ask(SYS_sendto, fd, (long)bytes, (long)count, flags | MSG_NOSIGNAL);
}
