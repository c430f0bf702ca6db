// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How long this thread has kept a processor busy: little while it waits, on a busy machine too.
func processorTimeOfThread() -> Duration {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
