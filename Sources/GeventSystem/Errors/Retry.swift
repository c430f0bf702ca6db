// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// How a wrapper's answer becomes a Swift result.
///
/// A `gv_…` wrapper answers with the result or the negative error number, so the number is read
/// before anything else can run on the thread. The bodies given here are such calls and no more.
package enum Retry {
    /// Makes the call again for as long as a signal interrupts it.
    ///
    /// - Parameters:
    ///   - call: The name for the error, as in the manual page.
    ///   - body: One wrapper.
    /// - Returns: The wrapper's answer, which is not negative.
    /// - Throws: ``SystemError`` for every failure but `EINTR`.
    @inline(__always)
    @discardableResult
    package static func onInterrupt(
        _ call: String, _ body: () -> Int
    ) throws(SystemError) -> Int {
        while true {
            let answer = FaultInjection.answer(call, body)
            if answer >= 0 { return answer }
            if answer != -Int(EINTR) { throw SystemError(call: call, answer: answer) }
        }
    }

    /// Makes the call again when interrupted, and tells apart that it would have had to block.
    ///
    /// - Parameters:
    ///   - call: The name for the error, as in the manual page.
    ///   - body: One wrapper.
    /// - Returns: The wrapper's answer, which is not negative.
    /// - Throws: ``SystemError`` for every failure but `EINTR`, `EAGAIN` and `EWOULDBLOCK`.
    @inline(__always)
    package static func unlessBlocked(
        _ call: String, _ body: () -> Int
    ) throws(SystemError) -> Attempt<Int> {
        while true {
            let answer = FaultInjection.answer(call, body)
            if answer >= 0 { return .done(answer) }
            if answer == -Int(EAGAIN) { return .wouldBlock }
            if answer != -Int(EINTR) { throw SystemError(call: call, answer: answer) }
        }
    }

    /// Makes the call once, for those that must not be made again after a signal.
    ///
    /// - Parameters:
    ///   - call: The name for the error, as in the manual page.
    ///   - body: One wrapper.
    /// - Returns: The wrapper's answer, which is not negative.
    /// - Throws: ``SystemError`` for every failure, `EINTR` too.
    @inline(__always)
    @discardableResult
    package static func never(_ call: String, _ body: () -> Int) throws(SystemError) -> Int {
        let answer = FaultInjection.answer(call, body)
        if answer < 0 { throw SystemError(call: call, answer: answer) }
        return answer
    }
}

extension SystemError {
    /// The failure that a wrapper's negative answer stands for.
    ///
    /// Kept out of line: the callers are hot and this is not.
    @inline(never)
    package init(call: String, answer: Int) {
        self.init(call: call, code: Int32(truncatingIfNeeded: -answer))
    }
}
