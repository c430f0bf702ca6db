// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Thrown by a handler of ``Monkey/willPatch(_:)``: leave this alone.
///
/// gevent: `gevent.events.DoNotPatch`.
public struct DoNotPatch: Error, Hashable {
    /// What is left alone; `nil` is all that was asked for.
    public let areas: Set<Monkey.Area>?

    /// A veto of everything.
    public init() { areas = nil }

    /// A veto of some areas.
    public init(_ areas: Monkey.Area...) { self.areas = Set(areas) }
}

extension Monkey {
    /// What a handler is taken back by.
    ///
    /// gevent: none; plug-ins are for the life of the process.
    public struct HandlerToken: Hashable, Sendable {
        let number: UInt64
    }

    /// Has `handler` called before something new is patched.
    ///
    /// - Parameter handler: Gets the plan, less what handlers before it have vetoed. It may throw
    ///   ``DoNotPatch``; any other error is thrown at whoever patches, and nothing is done.
    /// - Returns: What ``removeHandler(_:)`` takes.
    ///
    /// gevent: the plug-ins `gevent.plugins.monkey.will_patch_all` and `will_patch_module`.
    @discardableResult
    public static func willPatch(
        _ handler: @escaping @Sendable (_ plan: PatchReport) throws -> Void
    ) -> HandlerToken {
        PatchHandlers.add(.will(handler))
    }

    /// Has `handler` called after something new was patched.
    ///
    /// - Parameter handler: Gets the report.
    /// - Returns: What ``removeHandler(_:)`` takes.
    ///
    /// gevent: the plug-ins `gevent.plugins.monkey.did_patch_all` and `did_patch_module`.
    @discardableResult
    public static func didPatch(
        _ handler: @escaping @Sendable (_ report: PatchReport) -> Void
    ) -> HandlerToken {
        PatchHandlers.add(.did(handler))
    }

    /// Takes a handler back; one that is gone is ignored.
    ///
    /// gevent: none.
    public static func removeHandler(_ token: HandlerToken) { PatchHandlers.remove(token) }
}

/// The handlers, in the order in which they were added.
enum PatchHandlers {
    enum Handler: Sendable {
        case will(@Sendable (PatchReport) throws -> Void)
        case did(@Sendable (PatchReport) -> Void)
    }

    private struct Registered: Sendable {
        var last: UInt64 = 0
        var handlers: [(token: Monkey.HandlerToken, handler: Handler)] = []
    }

    private static let registered = Guarded(Registered())

    static func add(_ handler: Handler) -> Monkey.HandlerToken {
        registered.withLock { registered in
            registered.last += 1
            let token = Monkey.HandlerToken(number: registered.last)
            registered.handlers.append((token, handler))
            return token
        }
    }

    static func remove(_ token: Monkey.HandlerToken) {
        registered.withLock { $0.handlers.removeAll { $0.token == token } }
    }

    /// What is left of `plan` after all vetoes; `plans` makes a plan of fewer areas.
    static func ask(
        _ plan: PatchReport, plans: (Set<Monkey.Area>) -> PatchReport
    ) throws -> PatchReport {
        var plan = plan
        for case .will(let handler) in registered.withLock({ $0.handlers.map(\.handler) }) {
            do {
                try handler(plan)
            } catch let veto as DoNotPatch {
                let refused = veto.areas?.intersection(plan.areas) ?? plan.areas
                let vetoed = plan.vetoed.union(refused)
                plan = plans(plan.areas.subtracting(refused))
                plan.vetoed = vetoed
                if plan.areas.isEmpty { return plan }
            }
        }
        return plan
    }

    static func tell(_ report: PatchReport) {
        for case .did(let handler) in registered.withLock({ $0.handlers.map(\.handler) }) {
            handler(report)
        }
    }
}
