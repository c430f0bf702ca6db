// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE 1
#include "gv_libc.h"
#include <fcntl.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <unistd.h>

#define CALL(name) .name = (__typeof__(gv_libc.name))(void *)name

const gv_libc_calls gv_libc __attribute__((section("gv_libc_table"), used)) = {
    CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(pread), CALL(pwrite), CALL(preadv), CALL(pwritev),
    CALL(preadv2), CALL(pwritev2), CALL(sendfile),
    CALL(recv), CALL(send), CALL(recvfrom), CALL(sendto), CALL(recvmsg), CALL(sendmsg), CALL(recvmmsg), CALL(sendmmsg),
    CALL(accept), CALL(accept4), CALL(connect),
    CALL(poll), CALL(ppoll), CALL(select), CALL(pselect), CALL(epoll_wait), CALL(epoll_pwait),
    CALL(close), CALL(dup2), CALL(dup3), CALL(fcntl), CALL(flock), CALL(lockf), CALL(fsync), CALL(fdatasync),
    CALL(sleep), CALL(usleep), CALL(nanosleep), CALL(clock_nanosleep),
    CALL(getaddrinfo), CALL(getnameinfo), CALL(gethostbyname), CALL(gethostbyname2), CALL(gethostbyaddr),
    CALL(gethostbyname_r), CALL(gethostbyname2_r), CALL(gethostbyaddr_r),
    CALL(fork), CALL(wait), CALL(waitpid), CALL(wait4), CALL(waitid), CALL(sigaction), CALL(sigwait), CALL(sigtimedwait),
    CALL(pthread_create), CALL(pthread_join), CALL(pthread_detach), CALL(pthread_self), CALL(pthread_once),
    CALL(pthread_key_create), CALL(pthread_getspecific), CALL(pthread_setspecific), CALL(pthread_mutex_lock),
    CALL(pthread_mutex_unlock), CALL(sem_post), CALL(sem_wait), CALL(sem_clockwait),
};
