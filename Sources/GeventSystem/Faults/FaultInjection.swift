// SPDX-License-Identifier: Apache-2.0
internal import CGeventSystem

/// Answers system calls of one thread in place of the kernel, where a test wants them to fail.
///
/// It stands where the wrappers' answers become Swift results, so that everything above sees what it
/// would see of the kernel. Without one a call costs one load and one branch more.
package final class FaultInjection {
    private let failure: (String) -> Int32?
    private let allowance: (String, Int) -> Int

    /// Faults that two functions decide on.
    ///
    /// - Parameters:
    ///   - failure: The error number that a call fails with, by its name as in the manual page; `nil`
    ///     has it made. Asked once for each call.
    ///   - allowance: How many bytes, of so many, a call may move.
    package init(
        failure: @escaping (String) -> Int32?, allowance: @escaping (String, Int) -> Int
    ) {
        self.failure = failure
        self.allowance = allowance
    }

    /// Has this thread's calls answered by it while `body` runs; one at a time.
    ///
    /// - Throws: What `body` throws.
    package func inject<Value>(during body: () throws -> Value) rethrows -> Value {
        let before = unsafe gv_faults_here()
        // SAFETY: the frame holds it for as long as the thread knows of it.
        unsafe gv_faults_set(Unmanaged.passUnretained(self).toOpaque())
        defer { unsafe gv_faults_set(before) }
        return try withExtendedLifetime(self) { try body() }
    }

    /// What `body` answers, or the negative error number that a test wants in its place.
    @inline(__always)
    static func answer(_ call: String, _ body: () -> Int) -> Int {
        if unsafe gv_faults_here() == nil { return body() }
        return here?.failure(call).map { -Int($0) } ?? body()
    }

    /// How many of `count` bytes a call may move.
    @inline(__always)
    static func allowed(_ call: String, _ count: Int) -> Int {
        if unsafe gv_faults_here() == nil { return count }
        return here?.allowance(call, count) ?? count
    }

    private static var here: FaultInjection? {
        // SAFETY: `inject` holds it.
        unsafe gv_faults_here().map {
            unsafe Unmanaged<FaultInjection>.fromOpaque($0).takeUnretainedValue()
        }
    }
}
