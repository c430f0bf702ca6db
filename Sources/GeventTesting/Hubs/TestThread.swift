// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventLoop
internal import GeventSystem

/// The thread that a test's hub is on, and the watch over how long it takes.
struct TestThread {
    /// How long it may take, in real time.
    let limit: Duration?

    /// How long the hub may take to end once it was told to.
    private static let grace = Duration.seconds(10)

    /// Runs `body` on a new thread, and waits for its end.
    func run<Value>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let course = TestCourse<Value>()
        let thread = try NativeThread(name: "test-hub") { course.follow(body) }
        if !course.ends(within: limit) {
            course.interrupt(after: limit ?? .zero)
            guard course.ends(within: Self.grace) else {
                thread.detach()
                throw TestTookTooLong(limit: limit ?? .zero, whoWaits: course.whoWaits)
            }
        }
        thread.join()
        return try course.outcome()
    }
}

/// What the test's thread and the one that waits for it tell each other.
private final class TestCourse<Value>: @unchecked Sendable {
    // SAFETY: written by the test's thread before it raises `end`, and read after that only.
    nonisolated(unsafe) private var result: Result<Value, any Error>?
    private let hub = Guarded<HubReference?>(nil)
    private let list = Guarded<String?>(nil)
    private let end = NativeSignal()

    func follow(_ body: () throws -> Value) {
        hub.withLock { $0 = HubReference.current }
        unsafe result = Result { try body() }
        end.raise()
    }

    func ends(within limit: Duration?) -> Bool {
        guard let limit else {
            end.wait()
            return true
        }
        return end.wait(nanoseconds: Deadline.after(limit, from: 0).nanoseconds)
    }

    func outcome() throws -> Value {
        guard let result = unsafe result else { trap("a test has ended without an outcome") }
        return try result.get()
    }

    /// Who waited when the time was up; `nil` if the hub has not answered.
    var whoWaits: String? { list.withLock { $0 } }

    func interrupt(after limit: Duration) {
        hub.withLock { $0 }?.submit { [self] in
            let waiting = LoopExit.list(.current)
            list.withLock { $0 = waiting }
            Hub.current.strikeMain(with: TestTookTooLong(limit: limit, whoWaits: waiting))
        }
    }
}

/// A test has taken longer than its ``TestHub`` allows.
public struct TestTookTooLong: Error, Sendable, CustomStringConvertible {
    /// How long it might have taken, in real time.
    public let limit: Duration
    /// The greenlets that waited then, and for what, one a line; `nil` if somebody never let others run.
    public let whoWaits: String?

    /// Who waited for what.
    public var description: String {
        let what =
            whoWaits ?? "  somebody runs without ever waiting, so that the hub cannot say who"
        return "the test did not end within \(limit):\n\(what)"
    }
}
