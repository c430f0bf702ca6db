// SPDX-License-Identifier: Apache-2.0
// Stand-ins of GV_AREA_SOCKET and GV_AREA_SELECT, and those of GV_AREA_OS that move bytes.
//
// Each answers as the call that it stands for, with these differences. What strikes the greenlet while it waits is
// ECANCELED, or a shorter count where a part was done. A signal does not end a wait: its handler runs meanwhile, as in
// a program whose other thread was chosen for it, so there is no EINTR. A parked greenlet is no point of cancellation
// of its thread (pthread_cancel): the thread is not in the call, and others run on it.
//
// `void *` stands for fd_set and struct mmsghdr, which only some modes of the C library's headers declare.
#ifndef GV_CALLS_H
#define GV_CALLS_H

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

// Bytes.
ssize_t gv_call_read(int fd, void *bytes, size_t count);
ssize_t gv_call_write(int fd, const void *bytes, size_t count);
ssize_t gv_call_readv(int fd, const struct iovec *pieces, int count);
ssize_t gv_call_writev(int fd, const struct iovec *pieces, int count);
ssize_t gv_call_pread(int fd, void *bytes, size_t count, int64_t offset);
ssize_t gv_call_pwrite(int fd, const void *bytes, size_t count, int64_t offset);
ssize_t gv_call_preadv(int fd, const struct iovec *pieces, int count, int64_t offset);
ssize_t gv_call_pwritev(int fd, const struct iovec *pieces, int count, int64_t offset);
ssize_t gv_call_sendfile(int to, int from, int64_t *offset, size_t count);

// Sockets.
ssize_t gv_call_recv(int fd, void *bytes, size_t count, int flags);
ssize_t gv_call_send(int fd, const void *bytes, size_t count, int flags);
ssize_t gv_call_recvfrom(int fd, void *bytes, size_t count, int flags, struct sockaddr *from, socklen_t *length);
ssize_t gv_call_sendto(int fd, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t length);
ssize_t gv_call_recvmsg(int fd, struct msghdr *message, int flags);
ssize_t gv_call_sendmsg(int fd, const struct msghdr *message, int flags);
int gv_call_recvmmsg(int fd, void *messages, unsigned count, int flags, struct timespec *timeout);
int gv_call_sendmmsg(int fd, void *messages, unsigned count, int flags);
int gv_call_accept(int fd, struct sockaddr *from, socklen_t *length);
int gv_call_accept4(int fd, struct sockaddr *from, socklen_t *length, int flags);
int gv_call_connect(int fd, const struct sockaddr *to, socklen_t length);

// Waiting for descriptors.
int gv_call_poll(struct pollfd *entries, nfds_t count, int timeout);
int gv_call_ppoll(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
int gv_call_select(int count, void *readable, void *writable, void *exceptional, struct timeval *timeout);
int gv_call_pselect(int count, void *readable, void *writable, void *exceptional, const struct timespec *timeout,
                    const sigset_t *mask);
int gv_call_epoll_wait(int fd, struct epoll_event *events, int room, int timeout);
int gv_call_epoll_pwait(int fd, struct epoll_event *events, int room, int timeout, const sigset_t *mask);
int gv_call_epoll_pwait2(int fd, struct epoll_event *events, int room, const struct timespec *timeout,
                         const sigset_t *mask);

// What compilers put in place of those above with -D_FORTIFY_SOURCE: they end the program where a buffer is too small.
ssize_t gv_call_read_chk(int fd, void *bytes, size_t count, size_t room);
ssize_t gv_call_pread_chk(int fd, void *bytes, size_t count, int64_t offset, size_t room);
ssize_t gv_call_recv_chk(int fd, void *bytes, size_t count, size_t room, int flags);
ssize_t gv_call_recvfrom_chk(int fd, void *bytes, size_t count, size_t room, int flags, struct sockaddr *from,
                             socklen_t *length);
int gv_call_poll_chk(struct pollfd *entries, nfds_t count, int timeout, size_t room);
int gv_call_ppoll_chk(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask,
                      size_t room);

#endif
