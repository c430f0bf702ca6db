// SPDX-License-Identifier: Apache-2.0

// The C library's own blocking calls, by a table that the monkey patch leaves alone.
//
// A patch rewrites where the objects of the process find `read`, `poll` and their like. Our own calls
// must go on meaning what they say, also where they lie in one object with code that is patched, so they
// go by this table. It lies in a section of its own, `gv_libc_table`, which the patch passes over.

#ifndef GV_LIBC_H
#define GV_LIBC_H

#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

typedef struct gv_libc_calls {
    // Bytes.
    ssize_t (*read)(int, void *, size_t);
    ssize_t (*write)(int, const void *, size_t);
    ssize_t (*readv)(int, const struct iovec *, int);
    ssize_t (*writev)(int, const struct iovec *, int);
    ssize_t (*pread)(int, void *, size_t, int64_t);
    ssize_t (*pwrite)(int, const void *, size_t, int64_t);
    ssize_t (*preadv)(int, const struct iovec *, int, int64_t);
    ssize_t (*pwritev)(int, const struct iovec *, int, int64_t);
    ssize_t (*preadv2)(int, const struct iovec *, int, int64_t, int);
    ssize_t (*pwritev2)(int, const struct iovec *, int, int64_t, int);
    ssize_t (*sendfile)(int, int, int64_t *, size_t);
    // Sockets.
    ssize_t (*recv)(int, void *, size_t, int);
    ssize_t (*send)(int, const void *, size_t, int);
    ssize_t (*recvfrom)(int, void *, size_t, int, struct sockaddr *, socklen_t *);
    ssize_t (*sendto)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    ssize_t (*recvmsg)(int, struct msghdr *, int);
    ssize_t (*sendmsg)(int, const struct msghdr *, int);
    int (*recvmmsg)(int, void *, unsigned, int, struct timespec *);
    int (*sendmmsg)(int, void *, unsigned, int);
    int (*accept)(int, struct sockaddr *, socklen_t *);
    int (*accept4)(int, struct sockaddr *, socklen_t *, int);
    int (*connect)(int, const struct sockaddr *, socklen_t);
    // Waiting for descriptors. `void *` stands for fd_set, which has two shapes (CGeventSystem.h).
    int (*poll)(struct pollfd *, nfds_t, int);
    int (*ppoll)(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
    int (*select)(int, void *, void *, void *, struct timeval *);
    int (*pselect)(int, void *, void *, void *, const struct timespec *, const sigset_t *);
    int (*epoll_wait)(int, struct epoll_event *, int, int);
    int (*epoll_pwait)(int, struct epoll_event *, int, int, const sigset_t *);
    // Descriptors.
    int (*close)(int);
    int (*dup2)(int, int);
    int (*dup3)(int, int, int);
    int (*fcntl)(int, int, ...);
    int (*flock)(int, int);
    int (*lockf)(int, int, int64_t);
    int (*fsync)(int);
    int (*fdatasync)(int);
    // Time.
    unsigned (*sleep)(unsigned);
    int (*usleep)(unsigned);
    int (*nanosleep)(const struct timespec *, struct timespec *);
    int (*clock_nanosleep)(clockid_t, int, const struct timespec *, struct timespec *);
    // Names.
    int (*getaddrinfo)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    int (*getnameinfo)(const struct sockaddr *, socklen_t, char *, socklen_t, char *, socklen_t, int);
    struct hostent *(*gethostbyname)(const char *);
    struct hostent *(*gethostbyname2)(const char *, int);
    struct hostent *(*gethostbyaddr)(const void *, socklen_t, int);
    int (*gethostbyname_r)(const char *, struct hostent *, char *, size_t, struct hostent **, int *);
    int (*gethostbyname2_r)(const char *, int, struct hostent *, char *, size_t, struct hostent **, int *);
    int (*gethostbyaddr_r)(const void *, socklen_t, int, struct hostent *, char *, size_t, struct hostent **, int *);
    // Processes and signals.
    pid_t (*fork)(void);
    pid_t (*wait)(int *);
    pid_t (*waitpid)(pid_t, int *, int);
    pid_t (*wait4)(pid_t, int *, int, struct rusage *);
    int (*waitid)(idtype_t, id_t, siginfo_t *, int);
    int (*sigaction)(int, const struct sigaction *, struct sigaction *);
    int (*sigwait)(const sigset_t *, int *);
    int (*sigtimedwait)(const sigset_t *, siginfo_t *, const struct timespec *);
    // Threads.
    int (*pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    int (*pthread_join)(pthread_t, void **);
    int (*pthread_detach)(pthread_t);
    pthread_t (*pthread_self)(void);
    int (*pthread_once)(pthread_once_t *, void (*)(void));
    int (*pthread_key_create)(pthread_key_t *, void (*)(void *));
    void *(*pthread_getspecific)(pthread_key_t);
    int (*pthread_setspecific)(pthread_key_t, const void *);
    int (*pthread_mutex_lock)(pthread_mutex_t *);
    int (*pthread_mutex_unlock)(pthread_mutex_t *);
    int (*sem_post)(sem_t *);
    int (*sem_wait)(sem_t *);
    int (*sem_clockwait)(sem_t *, clockid_t, const struct timespec *);
} gv_libc_calls;

extern const gv_libc_calls gv_libc __attribute__((visibility("hidden")));

#endif
