// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Raises the limit of open descriptors to what is wanted if need be; false where it is forbidden.
func allowDescriptors(_ wanted: rlim_t) -> Bool {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { return false }
    if limit.rlim_cur >= wanted { return true }
    limit.rlim_cur = wanted
    // Root may go beyond.
    limit.rlim_max = max(limit.rlim_max, wanted)
    return unsafe setrlimit(resource, &limit) == 0
}

/// Lowers the limit so that exactly `count` more can be opened; false where it is forbidden.
///
/// The numbers in use need not be the lowest ones: a test's process is given some far up.
func leaveDescriptors(_ count: Int) -> Bool {
    var (free, number) = (0, Int32(0))
    while free < count {
        if fcntl(number, F_GETFD) < 0 { free += 1 }
        number += 1
    }
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { return false }
    limit.rlim_cur = rlim_t(number)
    return unsafe setrlimit(resource, &limit) == 0
}
