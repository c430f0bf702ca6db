// SPDX-License-Identifier: Apache-2.0
import GeventMonkey
import GeventSystem

/// What the handlers of a test were told, in order.
final class Told: Sendable {
    private let notes = Guarded<[String]>([])
    private let warnings = Guarded<[[PatchWarning]]>([])

    var all: [String] { notes.withLock { $0 } }

    /// The kinds of the warnings, by hand-over; less that of the thread, since no test is on the main one.
    var kinds: [[PatchWarning.Kind]] {
        allKinds.map { $0.filter { $0 != .otherThread } }.filter { !$0.isEmpty }
    }

    /// The kinds of the warnings, by hand-over.
    var allKinds: [[PatchWarning.Kind]] { warnings.withLock { $0 }.map { $0.map(\.kind) } }

    var texts: [String] { warnings.withLock { $0 }.flatMap { $0 }.map(\.text) }

    func note(_ text: String) { notes.withLock { $0.append(text) } }

    /// Takes the place of standard error.
    func hearWarnings() {
        Monkey.warningHandler = { [self] given in warnings.withLock { $0.append(given) } }
    }

    /// Notes each event by its name and areas.
    func hearEvents() {
        Monkey.willPatch { [self] plan in note("will \(plan.areas.sortedNames)") }
        Monkey.didPatch { [self] report in note("did \(report.areas.sortedNames)") }
    }
}

extension Set<Monkey.Area> {
    var sortedNames: String { map(\.rawValue).sorted().joined(separator: " ") }
}
