// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Gevent
internal import Synchronization

/// What the workers of all hubs are at, as whatever thread may see it.
final class Board: Sendable {
    /// How long an operation may take until it counts as lost.
    private static let patience: UInt64 = 10_000_000_000

    let isStopping = Atomic(false)
    private let slots = Mutex<[Slot]>([])
    private let complaints = Mutex<[String]>([])
    private let failed = Atomic(0)

    /// Operations that were done.
    var done: Int { slots.withLock { $0.reduce(0) { $0 + $1.done.load(ordering: .relaxed) } } }

    /// Operations that have failed, or have not ended in time.
    var lost: Int { failed.load(ordering: .relaxed) }

    /// The same, by what was done.
    var doneByName: [(name: String, count: Int)] {
        var counts: [String: Int] = [:]
        for slot in slots.withLock({ $0 }) {
            counts[slot.name, default: 0] += slot.done.load(ordering: .relaxed)
        }
        return counts.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
    }

    /// A greenlet that does `operation` again and again, with short breaks, until all is stopped.
    func work(
        _ name: String, pause: ClosedRange<Int64> = 0...2, _ operation: @escaping () throws -> Void
    ) -> Greenlet<Void> {
        let slot = Slot(name: name)
        slots.withLock { $0.append(slot) }
        return spawn { [self] in
            while !isStopping.load(ordering: .relaxed) {
                slot.since.store(now(), ordering: .relaxed)
                do {
                    try operation()
                    slot.done.add(1, ordering: .relaxed)
                } catch {
                    complain("\(name): \(error)")
                }
                slot.since.store(0, ordering: .relaxed)
                try sleep(.milliseconds(Int64.random(in: pause)))
            }
        }
    }

    /// Counts something that went wrong, and keeps the text until it is printed.
    func complain(_ text: String) {
        failed.add(1, ordering: .relaxed)
        complaints.withLock { $0.append(text) }
    }

    /// What went wrong since the last call, operations that do not end among it.
    func takeComplaints() -> [String] {
        let here = now()
        for slot in slots.withLock({ $0 }) {
            let since = slot.since.load(ordering: .relaxed)
            guard since > 0, here > since, here - since > Self.patience else { continue }
            if slot.told.exchange(since, ordering: .relaxed) == since { continue }
            complain("\(slot.name): has not ended for ten seconds; a wake-up was lost")
        }
        return complaints.withLock { complaints in
            defer { complaints = [] }
            return complaints
        }
    }
}

/// What one worker is at.
private final class Slot: Sendable {
    let name: String
    /// When its operation began; 0 between two.
    let since = Atomic<UInt64>(0)
    /// Which operation it was already told of that it does not end, by its beginning.
    let told = Atomic<UInt64>(0)
    let done = Atomic(0)

    init(name: String) { self.name = name }
}

/// Nanoseconds on a clock that never jumps.
private func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds }

/// Something that an operation found to be otherwise than it must be.
struct Wrong: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws {
        if !holds { throw Wrong(description()) }
    }
}
