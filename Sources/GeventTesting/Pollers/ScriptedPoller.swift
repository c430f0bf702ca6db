// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventLoop
internal import GeventSystem

/// Tells a hub what has become ready, in an order that the kernel would not bring about on demand.
///
/// ```swift
/// let script = ScriptedPoller([
///     .ready(number, .readable),      // though nothing has come
///     .interrupted,
///     .stale(number, .readable),      // left by whoever had the number before
/// ])
/// try script.control { try client.run() }
/// #expect(script.isFinished)
/// ```
///
/// Each look of the hub for events takes one step, whether it would wait or not; when there are none
/// left the kernel is asked again. Other threads wake the hub as always.
///
/// gevent: none.
public final class ScriptedPoller {
    /// What one look for events finds.
    public struct Step: Sendable {
        enum Kind {
            case events([Event])
            case failure(Int32)
            case kernel
        }

        let kind: Kind

        /// This descriptor is ready, as far as the hub hears; nothing if it is not watched.
        public static func ready(_ descriptor: Int32, _ readiness: PollReadiness) -> Step {
            events([Event(descriptor, readiness)])
        }

        /// These events at once, in this order.
        public static func events(_ events: [Event]) -> Step { Step(kind: .events(events)) }

        /// An event that was meant for an earlier owner of the descriptor's number.
        public static func stale(_ descriptor: Int32, _ readiness: PollReadiness) -> Step {
            events([Event(descriptor, readiness, isStale: true)])
        }

        /// Nothing, before the time is up and without a reason.
        public static let nothing = Step(kind: .events([]))

        /// A signal (`EINTR`).
        public static let interrupted = Step(kind: .failure(4))

        /// Whatever the kernel says, once.
        public static let kernel = Step(kind: .kernel)
    }

    /// That a descriptor is ready.
    public struct Event: Sendable {
        let descriptor: Int32
        let readiness: PollReadiness
        let isStale: Bool

        /// An event of a descriptor.
        ///
        /// - Parameters:
        ///   - descriptor: Its number.
        ///   - readiness: What for.
        ///   - isStale: Whether it was meant for an earlier owner of the number.
        public init(_ descriptor: Int32, _ readiness: PollReadiness, isStale: Bool = false) {
            self.descriptor = descriptor
            self.readiness = readiness
            self.isStale = isStale
        }
    }

    private var steps: ArraySlice<Step>

    /// A script of these steps.
    public init(_ steps: [Step] = []) { self.steps = steps[...] }

    /// Adds a step at the end.
    public func add(_ step: Step) { steps.append(step) }

    /// Adds an event to the last step if that is one of events, else a step of its own.
    func addReady(_ descriptor: Int32, _ readiness: PollReadiness) {
        let event = Event(descriptor, readiness)
        if case .events(let events) = steps.last?.kind {
            steps[steps.endIndex - 1] = .events(events + [event])
        } else {
            add(.events([event]))
        }
    }

    /// Whether every step has been taken.
    public var isFinished: Bool { steps.isEmpty }

    /// Runs `body`, during which this thread's hub goes by the script.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    /// - Precondition: The hub goes by no other script.
    public func control<Value>(_ body: () throws -> Value) rethrows -> Value {
        let poller = Scheduler.current.poller
        require(poller.script == nil, "a hub goes by one script at a time")
        direct(poller, replacesKernel: false)
        defer { poller.script = nil }
        return try body()
    }

    /// Has a poller go by the script.
    func direct(_ poller: Poller, replacesKernel: Bool) {
        // The poller holds the script, so the script may not hold the poller.
        poller.script = PollScript(replacesKernel: replacesKernel) { [self, unowned poller] _ in
            answer(for: poller)
        }
    }

    private func answer(for poller: Poller) -> PollScript.Answer {
        switch steps.popFirst()?.kind {
        case .events(let events):
            .events(
                events.map { event in
                    let live = event.isStale ? nil : poller.token(of: event.descriptor)
                    return PollScript.Event(
                        live ?? .stale(event.descriptor),
                        Readiness(rawValue: event.readiness.rawValue))
                })
        case .failure(let code): .failure(code)
        case .kernel, nil: .kernel
        }
    }
}
