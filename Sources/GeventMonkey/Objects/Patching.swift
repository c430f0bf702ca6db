// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import GeventInsight
internal import GeventSystem

/// The steps of a patch: plan, ask, apply, tell, warn.
enum Patching {
    /// What was done, and by which request, if by any.
    struct Outcome {
        let report: PatchReport
        let request: UInt64?
    }

    /// Whether a patch starts the watchdog, if none runs.
    static let startsWatchdog = Guarded(true)

    /// The areas that are patched in all objects until somebody takes them back.
    private static let everywhere = Guarded<Set<Monkey.Area>>([])

    static func patch(
        _ areas: Set<Monkey.Area>, _ objects: Monkey.ObjectFilter, isAll: Bool,
        isScope: Bool = false
    ) throws -> Outcome {
        let patched = Monkey.patchedAreas
        var plan = PatchTable.plan(areas, objects)
        let isNew = plan.newSlots > 0 || !areas.isSubset(of: patched)
        if isNew {
            plan = try PatchHandlers.ask(plan) { PatchTable.plan($0, objects) }
        }
        let requestWarnings = PatchWarnings.ofRequest(areas, patched: patched, isAll: isAll)
        guard !plan.areas.isEmpty else {
            PatchWarnings.give(requestWarnings)
            return Outcome(report: plan, request: nil)
        }
        let outcome = apply(plan, objects, isScope: isScope)
        if isNew { PatchHandlers.tell(outcome.report) }
        let reportWarnings = PatchWarnings.ofReport(
            outcome.report, isOnMainThread: CurrentThread.isMain)
        PatchWarnings.give(
            requestWarnings + (isNew ? reportWarnings : []) + (isScope ? [] : watch()))
        return outcome
    }

    // What still blocks is told of: that is where a patch falls short. One that the user has started is his.
    private static func watch() -> [PatchWarning] {
        guard startsWatchdog.withLock({ $0 }), Watchdog.threshold == nil else { return [] }
        do { try Watchdog.start() } catch {
            return [PatchWarning(kind: .unwatched, text: "nobody watches the hubs: \(error)")]
        }
        return []
    }

    private static func apply(
        _ plan: PatchReport, _ objects: Monkey.ObjectFilter, isScope: Bool
    ) -> Outcome {
        PatchHooks.install()
        if plan.areas.contains(.threads) { ThreadHooks.install() }
        let isForAll = objects.accepts == nil
        // What every object has for good needs no further request; a scope has one to end by.
        let isCovered = !isScope && everywhere.withLock { plan.areas.isSubset(of: $0) }
        if isCovered, plan.newSlots == 0 { return Outcome(report: plan, request: nil) }
        var (report, request) = PatchTable.apply(plan.areas, objects)
        report.vetoed = plan.vetoed
        if isForAll, !isScope { everywhere.withLock { $0.formUnion(plan.areas) } }
        return Outcome(report: report, request: request)
    }

    static func end(_ scope: Outcome) {
        if let request = scope.request { gv_patch_withdraw(request) }
    }

    static func unpatch(_ areas: Set<Monkey.Area>) {
        everywhere.withLock { $0.subtract(areas) }
        gv_patch_undo(areas.bits)
    }
}
