// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// A system call that goes wrong in a test.
///
/// ```swift
/// try withFaults([.fail("accept4", with: .tooManyFiles, at: .calls(1...3))]) {
///     try server.start()
/// }
/// ```
///
/// gevent: none.
public struct Fault: Sendable {
    enum Effect: Sendable {
        case failure(FaultError)
        case short(Int)
    }

    let call: String
    let effect: Effect
    let times: FaultTimes

    /// A call that fails.
    ///
    /// - Parameters:
    ///   - call: The call, as in the manual page: "recv", "send", "accept4", "socket", "epoll_wait".
    ///   - error: What it fails with.
    ///   - times: Which of the calls.
    /// - Returns: The fault.
    public static func fail(
        _ call: String, with error: FaultError, at times: FaultTimes = .always
    ) -> Fault {
        Fault(call: call, effect: .failure(error), times: times)
    }

    /// A call that moves fewer bytes than it might.
    ///
    /// - Parameters:
    ///   - call: "recv", "send", "read" or "write".
    ///   - count: How many bytes at most, at least one.
    ///   - times: Which of the calls.
    /// - Returns: The fault.
    public static func shorten(_ call: String, to count: Int, at times: FaultTimes = .always)
        -> Fault
    {
        Fault(call: call, effect: .short(max(1, count)), times: times)
    }
}

/// Which calls go wrong, counted from 1 for each call by itself.
public enum FaultTimes: Sendable {
    /// All of them.
    case always
    /// Those whose numbers are in a range.
    case calls(ClosedRange<Int>)
    /// Every so many: with 3, the third, the sixth and so on.
    case every(Int)
    /// Those that are drawn, with so many chances in a hundred, from a seed.
    case seeded(UInt64, percent: Int)
}

/// What a system call fails with.
public enum FaultError: Sendable, Equatable {
    /// A signal came: `EINTR`.
    case interrupted
    /// It would have to block: `EAGAIN`.
    case wouldBlock
    /// The process has too many descriptors: `EMFILE`.
    case tooManyFiles
    /// The machine has too many descriptors: `ENFILE`.
    case tooManyFilesEverywhere
    /// No memory is left: `ENOMEM`.
    case noMemory
    /// No room for sockets is left: `ENOBUFS`.
    case noBuffers
    /// The peer has cut the connection: `ECONNRESET`.
    case connectionReset
    /// The peer has gone before it was accepted: `ECONNABORTED`.
    case connectionAborted
    /// The peer reads no more: `EPIPE`.
    case brokenPipe
    /// Nobody listens: `ECONNREFUSED`.
    case connectionRefused
    /// Any other, by its number.
    case number(Int32)
}
