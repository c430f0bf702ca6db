// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// A hub as other threads speak to it.
///
/// ```swift
/// let remote = Hub.current.remote
/// Thread { let answer = try remote.call { try fetch() } }.start()
/// ```
///
/// Any thread may have one: one with a hub of its own, one without, a Dispatch queue. What is handed
/// over runs in a greenlet of the hub, so it may wait. What one thread hands over starts in the order
/// in which it did so.
///
/// gevent: `hub.loop.run_callback_threadsafe`, `hub.loop.async_()`.
public struct HubRemote: Sendable {
    let reference: HubReference

    /// Whether the hub has closed: whatever is handed over gets ``HubClosed``.
    public var isClosed: Bool { reference.isClosed }

    /// Has the hub run `body` in a greenlet, and does not wait for it.
    ///
    /// An error is reported by the hub, as for ``spawnRaw(file:line:_:)``. What has not begun when the
    /// hub closes is dropped.
    ///
    /// - Throws: ``HubClosed`` if the hub has closed.
    /// - Complexity: O(1); a system call if the hub sleeps.
    public func submit(
        file: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping @Sendable () throws -> Void
    ) throws {
        try runCallback { if !Hub.current.isClosing { spawnRaw(file: file, line: line, body) } }
    }

    /// Has the hub run `body` in a greenlet, and waits for what becomes of it.
    ///
    /// > Suspends: Always; a thread without a hub blocks.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait; `nil` waits for ever. The hub goes on with `body` all the same.
    ///   - file: For reports: where the call is.
    ///   - line: For reports: where the call is.
    ///   - body: What is run.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``HubClosed`` if the hub has closed, or closes before the end; a
    ///   ``Timeout``; what strikes the caller, at once.
    public func call<Value: Sendable>(
        timeout: Duration? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping @Sendable () throws -> Value
    ) throws -> Value {
        let answer = Answer<Value>()
        try runCallback(Self.message(Promise(answer: answer), file: file, line: line, body))
        return try answer.wait("HubRemote.call", timeout: timeout)
    }

    // Only the message has the promise: let go of without an answer, whichever way, that answers.
    private static func message<Value: Sendable>(
        _ promise: consuming Promise<Value>, file: StaticString, line: UInt,
        _ body: @escaping @Sendable () throws -> Value
    ) -> @Sendable () -> Void {
        { [promise] in
            if !Hub.current.isClosing {
                spawnRaw(file: file, line: line) { promise.keep(by: body) }
            }
        }
    }

    /// Has the hub call `callback` itself, in its turn: cheaper, but it must not wait.
    ///
    /// - Throws: ``HubClosed`` if the hub has closed.
    ///
    /// gevent: `loop.run_callback_threadsafe`.
    public func runCallback(_ callback: @escaping @Sendable () throws -> Void) throws {
        guard reference.submit(callback) else { throw HubClosed() }
    }
}

extension Hub {
    /// What other threads speak to this hub by.
    ///
    /// From the first use on the hub does not end by ``LoopExit``: somebody may still speak to it.
    public var remote: HubRemote {
        unsafe gv_hub_share(pointer)
        return HubRemote(reference: scheduler.reference)
    }
}

/// The duty to answer a call; given up, it answers that the hub has closed.
private final class Promise<Value: Sendable>: Sendable {
    private let answer: Answer<Value>

    init(answer: Answer<Value>) { self.answer = answer }

    deinit { answer.complete(.failure(HubClosed())) }

    /// Answers by what `body` does.
    func keep(by body: () throws -> Value) {
        let outcome = Result { try body() }
        // Killed by the end of the hub, it has not come to an answer.
        if case .failure(let error) = outcome, error is GreenletExit, Hub.current.isClosing {
            return
        }
        answer.complete(outcome)
    }
}
