// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits

/// Nanoseconds that `body` takes, divided by `count`.
func nanosecondsEach(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    let start = limit_now()
    try body()
    return Double(limit_now() - start) / Double(count)
}
