// SPDX-License-Identifier: Apache-2.0

// struct ucred is declared with _GNU_SOURCE only; CGeventSystem.h says why not there.
#define _GNU_SOURCE 1

#include "gv_result.h"
#include "gv_libc.h"
#include "gv_rights.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// The kernel wants the header of a control message aligned.
union control {
    char bytes[CMSG_SPACE(GV_RIGHTS_MAX * sizeof(int))];
    struct cmsghdr header;
};

long gv_rights_send(int fd, const void *bytes, size_t count, const int *descriptors,
                    size_t number) {
    if (number > GV_RIGHTS_MAX) return -EINVAL;
    union control control;
    memset(&control, 0, sizeof control);
    struct iovec piece = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (number > 0) {
        size_t length = number * sizeof(int);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(length);
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(length);
        memcpy(CMSG_DATA(&control.header), descriptors, length);
    }
    return gv_result(gv_libc.sendmsg(fd, &message, MSG_NOSIGNAL));
}

long gv_rights_receive(int fd, void *bytes, size_t count, int *descriptors, size_t *number) {
    union control control;
    size_t room = *number > GV_RIGHTS_MAX ? GV_RIGHTS_MAX : *number;
    struct iovec piece = {.iov_base = bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (room > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_LEN(room * sizeof(int));
    }
    *number = 0;
    long answer = gv_result(gv_libc.recvmsg(fd, &message, MSG_CMSG_CLOEXEC));
    if (answer < 0) return answer;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        size_t came = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < came; index++) {
            int one;
            memcpy(&one, CMSG_DATA(head) + index * sizeof(int), sizeof one);
            if (*number < room) descriptors[(*number)++] = one;
            else gv_libc.close(one);
        }
    }
    return answer;
}

long gv_rights_peer(int fd, int *process, unsigned *user, unsigned *group) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    long answer = gv_result(getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length));
    if (answer < 0) return answer;
    *process = peer.pid;
    *user = peer.uid;
    *group = peer.gid;
    return 0;
}
