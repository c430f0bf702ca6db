// SPDX-License-Identifier: Apache-2.0

#include "gv_descriptor.h"
#include "gv_libc.h"
#include "gv_result.h"
#include <signal.h>
#include <sys/sendfile.h>
#include <time.h>

long gv_descriptor_send_file(int to, int from, off_t *offset, size_t count) {
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    long answer = gv_result(gv_libc.sendfile(to, from, offset, count));
    // A peer that goes away in the middle ends the call with the bytes sent before, and the signal comes all the same.
    int may_have_raised = answer == -EPIPE || (answer >= 0 && (size_t)answer < count);
    // One that is pending was raised by the call; a blocked one of others is theirs to take.
    if (may_have_raised && !sigismember(&before, SIGPIPE) && sigpending(&pending) == 0 &&
        sigismember(&pending, SIGPIPE)) {
        struct timespec none = {0, 0};
        gv_libc.sigtimedwait(&pipe, 0, &none);
    }
    pthread_sigmask(SIG_SETMASK, &before, 0);
    return answer;
}
