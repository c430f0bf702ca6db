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
