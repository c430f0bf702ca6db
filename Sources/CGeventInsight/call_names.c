// SPDX-License-Identifier: Apache-2.0
#include "include/gv_task.h"
#include <sys/syscall.h>

#define CALL(name) case SYS_##name: return #name;

// Younger than the oldest headers that we build with; both architectures number them alike.
enum { SYS_NUMBER_epoll_pwait2 = 441, SYS_NUMBER_futex_waitv = 449, SYS_NUMBER_futex_wait = 455 };

const char *gv_call_name(long number) {
    switch (number) {
        CALL(read) CALL(write) CALL(readv) CALL(writev) CALL(pread64) CALL(pwrite64) CALL(preadv) CALL(pwritev)
        CALL(preadv2) CALL(pwritev2) CALL(sendfile) CALL(splice) CALL(tee) CALL(vmsplice) CALL(copy_file_range)
        CALL(accept) CALL(accept4) CALL(connect) CALL(recvfrom) CALL(recvmsg) CALL(recvmmsg)
        CALL(sendto) CALL(sendmsg) CALL(sendmmsg)
        CALL(ppoll) CALL(pselect6) CALL(epoll_pwait) CALL(nanosleep) CALL(clock_nanosleep)
        CALL(futex) CALL(wait4) CALL(waitid) CALL(rt_sigsuspend) CALL(rt_sigtimedwait)
        CALL(flock) CALL(fcntl) CALL(fsync) CALL(fdatasync) CALL(sync) CALL(syncfs) CALL(msync)
        CALL(openat) CALL(close) CALL(fstat) CALL(statx) CALL(getdents64) CALL(unlinkat) CALL(renameat2)
        CALL(mkdirat) CALL(linkat) CALL(symlinkat) CALL(truncate) CALL(ftruncate) CALL(fallocate) CALL(ioctl)
        CALL(msgrcv) CALL(msgsnd) CALL(semop) CALL(semtimedop) CALL(mq_timedreceive) CALL(mq_timedsend)
        CALL(io_getevents) CALL(mmap) CALL(munmap) CALL(madvise) CALL(mlock) CALL(clone) CALL(execve)
        CALL(sched_yield) CALL(getrandom) CALL(mount) CALL(umount2) CALL(restart_syscall)
#if defined(__x86_64__)
        CALL(poll) CALL(select) CALL(epoll_wait) CALL(pause) CALL(vfork) CALL(open) CALL(stat) CALL(lstat)
        CALL(newfstatat) CALL(unlink) CALL(rename) CALL(mkdir) CALL(rmdir) CALL(link) CALL(symlink)
        CALL(sync_file_range)
#endif
        case SYS_NUMBER_epoll_pwait2: return "epoll_pwait2";
        case SYS_NUMBER_futex_waitv: return "futex_waitv";
        case SYS_NUMBER_futex_wait: return "futex_wait";
        default: return 0;
    }
}
