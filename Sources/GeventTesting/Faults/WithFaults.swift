// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventLoop
internal import GeventSystem

/// Runs `body` while system calls of this thread go wrong as `faults` say.
///
/// Every greenlet of the hub is concerned, and the hub itself. What other threads call, name look-ups
/// among it, is not. After an invented `EAGAIN` or short answer the hub reports what is ready once
/// more, as nothing else would.
///
/// > Suspends: When `body` does.
///
/// - Parameters:
///   - faults: What goes wrong. Of several for one call the first that is due decides.
///   - body: What is run.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; ``FaultsUnused`` if it returns and nothing went wrong, since then it
///   has shown nothing.
///
/// gevent: none.
@discardableResult
public func withFaults<Value>(_ faults: [Fault], _ body: () throws -> Value) throws -> Value {
    let plan = FaultPlan(faults) {
        Hub.current.runCallback { Scheduler.current.poller.reportAgain() }
    }
    let injection = FaultInjection(
        failure: { plan.failure(of: $0) }, allowance: { plan.allowance(of: $0, $1) })
    let value = try injection.inject(during: body)
    guard plan.hits > 0 else { throw FaultsUnused(calls: faults.map(\.call)) }
    return value
}

/// None of the calls that were to go wrong did.
public struct FaultsUnused: Error, Sendable, CustomStringConvertible {
    /// The calls that were to go wrong.
    public let calls: [String]

    /// What happened, in a sentence.
    public var description: String {
        "no fault was injected: nobody called \(calls.joined(separator: " or ")) as often as that"
    }
}
