// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Something about a patch that is likely not what was meant.
///
/// gevent: `gevent.monkey.MonkeyPatchWarning`.
public struct PatchWarning: Sendable, Hashable {
    /// What it is about.
    public enum Kind: Sendable, Hashable {
        /// ``Monkey/patchAll(_:objects:)`` with fewer areas than are patched: nothing is taken away.
        case fewerAreas
        /// ``Monkey/Area/signal`` without ``Monkey/Area/os``.
        case signalWithoutOS
        /// Patched on another thread than the main one.
        case otherThread
        /// The calls of an object could not be replaced.
        case unpatchable
        /// There is no thread for a watchdog.
        case unwatched
    }

    /// What it is about.
    public let kind: Kind

    /// The sentence for people.
    public let text: String
}

extension PatchWarning: CustomStringConvertible {
    /// The sentence.
    public var description: String { text }
}

extension Monkey {
    /// Gets the warnings of a patch, all together at its end; the same warning comes once a process.
    ///
    /// The default writes them to standard error. It is called by whoever patches.
    ///
    /// gevent: Python's `warnings`.
    public static var warningHandler: @Sendable ([PatchWarning]) -> Void {
        get { PatchWarnings.handler.withLock { $0 } }
        set { PatchWarnings.handler.withLock { $0 = newValue } }
    }
}

/// Which warnings are due, and which have been given.
enum PatchWarnings {
    static let handler = Guarded<@Sendable ([PatchWarning]) -> Void>(write)

    private static let given = Guarded<Set<PatchWarning>>([])

    @Sendable private static func write(_ warnings: [PatchWarning]) {
        StandardError.write(warnings.map { "gevent: warning: \($0.text)\n" }.joined())
    }

    /// Hands over those that have not been given yet.
    static func give(_ warnings: [PatchWarning]) {
        let fresh = given.withLock { given in warnings.filter { given.insert($0).inserted } }
        if fresh.isEmpty { return }
        let handler = handler.withLock { $0 }
        handler(fresh)
    }

    /// About what is asked for.
    static func ofRequest(
        _ areas: Set<Monkey.Area>, patched: Set<Monkey.Area>, isAll: Bool
    ) -> [PatchWarning] {
        var warnings: [PatchWarning] = []
        let more = patched.subtracting(areas)
        if isAll, !more.isEmpty {
            warnings.append(
                PatchWarning(
                    kind: .fewerAreas,
                    text:
                        "patchAll was called again with fewer areas; what is patched is the union of all "
                        + "calls, so these stay patched: \(more.names)"))
        }
        if areas.contains(.signal), !areas.union(patched).contains(.os) {
            warnings.append(
                PatchWarning(
                    kind: .signalWithoutOS,
                    text:
                        "area signal is patched without area os: a handler of SIGCHLD that reads or "
                        + "writes by blocking calls stops the hub"))
        }
        return warnings
    }

    /// About what was done.
    static func ofReport(_ report: PatchReport, isOnMainThread: Bool) -> [PatchWarning] {
        var warnings: [PatchWarning] = []
        if !isOnMainThread {
            warnings.append(
                PatchWarning(
                    kind: .otherThread,
                    text:
                        "patched on another thread than the main one: the main thread may be in the "
                        + "middle of a call that is replaced now"))
        }
        for left in report.skipped {
            guard case .protected(let error) = left.reason else { continue }
            let call = left.call ?? "all calls"
            warnings.append(
                PatchWarning(
                    kind: .unpatchable,
                    text: "\(call) in \(left.object) goes on to block its thread: \(error)"))
        }
        return warnings
    }
}
