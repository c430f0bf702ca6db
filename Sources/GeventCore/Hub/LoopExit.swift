// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// The main greenlet waits, and nothing is left in the hub that could wake anybody.
///
/// Its text names every parked greenlet, what it waits for, and where it was spawned.
///
/// gevent: `LoopExit`.
public struct LoopExit: Error, Sendable, CustomStringConvertible {
    /// A greenlet that waits for ever.
    public struct Parked: Sendable {
        /// Its name.
        public let name: String
        /// What it waits for.
        public let reason: String
        /// Where it was spawned.
        public let spawnSite: String
    }

    /// The greenlets that wait, the main one first.
    public let parked: [Parked]

    /// All of them, one a line.
    public var description: String {
        "this would block for ever: nothing is left that could wake anybody\n" + list
    }

    /// Those that wait, one a line.
    var list: String {
        parked.map { "  \($0.name) waits in \($0.reason), spawned at \($0.spawnSite)" }
            .joined(separator: "\n")
    }

    init(hub: Hub) { parked = hub.whoWaits }

    /// Those of a hub, for an error that is much like this one.
    package static func list(_ hub: Hub) -> String { LoopExit(hub: hub).list }
}

extension Hub {
    fileprivate var whoWaits: [LoopExit.Parked] {
        ([mainGreenlet] + greenlets).map { greenlet in
            LoopExit.Parked(
                name: greenlet === mainGreenlet ? "the main greenlet" : greenlet.name,
                reason: greenlet.waitReason, spawnSite: greenlet.spawnSite)
        }
    }

    /// Throws `error` in the main greenlet, at its next wait.
    package func strikeMain(with error: any Error) { kill(mainGreenlet, throwing: error) }
}

extension AnyGreenlet {
    /// What the greenlet waits for, for people.
    ///
    /// - Precondition: Called on the thread of its hub.
    public final var waitReason: String {
        guard let text = waitName, let waiter = unsafe node.pointee.waiter else {
            return isReady ? "nothing, it has ended" : "nothing, it is ready to run"
        }
        guard let object = unsafe waiter.pointee.object else { return text }
        return unsafe "\(text) of \(describe(object, text))"
    }

    /// What the greenlet waits in, or was woken from and has not run since; `nil` if it is neither.
    final var waitName: String? {
        guard let waiter = unsafe node.pointee.waiter, let what = unsafe waiter.pointee.what else {
            return nil
        }
        return unsafe String(cString: what)
    }

    private final func describe(_ object: UnsafeRawPointer, _ what: String) -> String {
        // SAFETY: the frame that waits holds what it waits for, and says by `what` which type it is.
        if what == "Greenlet.join" {
            return unsafe Unmanaged<AnyGreenlet>.fromOpaque(object).takeUnretainedValue().name
        }
        return unsafe "\(object)"
    }
}
