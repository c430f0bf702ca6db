// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// A limit in time for whatever its greenlet does, and the error that says it was reached.
///
/// ```swift
/// let timeout = Timeout(.seconds(2)).start()
/// defer { timeout.close() }
/// try fetch()
/// ```
///
/// Prefer ``withTimeout(_:_:)``, which ends with its block. Timeouts are told apart by identity:
/// `error === timeout` says whose time is up, and an outer one passes through inner waits.
///
/// It strikes where the greenlet waits; code that never waits is not stopped. One that is still
/// pending when its greenlet ends is cancelled.
///
/// gevent: `Timeout`.
@safe
public final class Timeout: Error, @unchecked Sendable, CustomStringConvertible, EndsWithGreenlet {
    // SAFETY: immutable but for the timer, which only the thread that started it touches (checked).

    /// The limit; `nil` never ends.
    ///
    /// gevent: `seconds`.
    public let duration: Duration?
    private let custom: (any Error)?
    private let text: String?
    private let isReferenced: Bool
    @exclusivity(unchecked) private var timer: HubTimer?
    // SAFETY: set to nil by `abandon` when the greenlet ends, before its record goes.
    @exclusivity(unchecked) private var node: Node?
    /// Whether the time ran out since the last start.
    @exclusivity(unchecked) public private(set) var hasExpired = false

    /// Makes a limit, not started.
    ///
    /// - Parameters:
    ///   - duration: How long; zero or less is as soon as the greenlet waits, `nil` is never.
    ///   - error: What is thrown in place of the timeout itself.
    ///   - ref: False lets the hub end before the limit.
    ///
    /// gevent: `Timeout(seconds, exception)`.
    public init(_ duration: Duration?, throwing error: (any Error)? = nil, ref: Bool = true) {
        self.duration = duration
        custom = error
        text = nil
        isReferenced = ref
    }

    /// Makes a limit that throws itself and describes itself by `message`.
    ///
    /// gevent: `Timeout(seconds, "message")`.
    public init(_ duration: Duration?, message: String) {
        self.duration = duration
        custom = nil
        text = message
        isReferenced = true
    }

    /// Whether it was started and neither ran out nor was cancelled.
    ///
    /// gevent: `pending`.
    public var isPending: Bool { unsafe timer?.isPending ?? false }

    /// The limit, and the message if there is one.
    public var description: String {
        let limit = duration.map { "\($0)" } ?? "no limit"
        return text.map { "\(limit): \($0)" } ?? "timed out after \(limit)"
    }

    /// Starts the clock for the running greenlet.
    ///
    /// - Precondition: It is not pending.
    /// - Returns: Itself.
    /// - Complexity: O(log n) of the timers.
    ///
    /// gevent: `start`.
    @discardableResult
    public func start() -> Timeout {
        require(!isPending, "a Timeout that is pending was started again")
        let scheduler = Scheduler.current
        let node = unsafe gv_current(scheduler.pointer)
        require(
            unsafe !isLoop(node, of: scheduler.pointer), "a Timeout is started by a greenlet")
        unsafe self.node = node
        unsafe hasExpired = false
        guard let duration else { return self }
        let timer = HubTimer(scheduler: scheduler, isReferenced: isReferenced) { [self] in
            expire()
        }
        unsafe self.timer = timer
        unsafe Interrupts.of(node).add(self)
        timer.start(after: duration)
        return self
    }

    /// Makes a limit and starts it.
    ///
    /// gevent: `Timeout.start_new`.
    public static func startNew(_ duration: Duration?, throwing error: (any Error)? = nil)
        -> Timeout
    {
        Timeout(duration, throwing: error).start()
    }

    /// Stops the clock; it may be started again.
    ///
    /// What it has sent but not thrown yet is taken back.
    ///
    /// gevent: `cancel`.
    public func cancel() {
        unsafe timer?.cancel()
        unsafe timer = nil
        guard let node = unsafe node else { return }
        unsafe Interrupts.of(node).remove(self)
        _ = unsafe Interrupts.of(node).withdraw(from: ObjectIdentifier(self))
    }

    /// Stops the clock for good.
    ///
    /// gevent: `close`.
    public func close() { cancel() }

    /// Stops the clock, as its greenlet has ended.
    func abandon() {
        unsafe timer?.cancel()
        unsafe timer = nil
        unsafe node = nil
    }

    /// What is thrown when the time is up.
    var error: any Error { custom ?? self }

    /// Takes back what it has sent; false if that was thrown already.
    func withdraw() -> Bool {
        guard let node = unsafe node else { return false }
        return unsafe Interrupts.of(node).withdraw(from: ObjectIdentifier(self))
    }

    /// Whether a call of C has failed by it, and nothing in Swift has thrown it yet; it is the caller's to
    /// throw then.
    func struckElsewhere() -> Bool {
        guard unsafe hasExpired, let node = unsafe node else { return false }
        return unsafe Interrupts.of(node).takeWhatStruckElsewhere(from: ObjectIdentifier(self))
    }

    private func expire() {
        unsafe timer = nil
        unsafe hasExpired = true
        guard let node = unsafe node else { return }
        let interrupts = unsafe Interrupts.of(node)
        interrupts.remove(self)
        interrupts.send(Interrupt(error: error, kind: .event, source: ObjectIdentifier(self)))
    }
}
