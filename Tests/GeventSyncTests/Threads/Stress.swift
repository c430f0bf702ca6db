// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import Synchronization

/// What all workers of a stress run share, and what must hold of it in the end.
final class Stress: Sendable {
    /// An element: who put it, and which of its elements it is.
    struct Item: Hashable, Sendable {
        let producer: Int
        let number: Int
    }

    static let places = 3

    let semaphore = Semaphore(places)
    let queue = Queue<Item>(maxSize: 4)
    let channel = Channel<Item>()
    let lock = RLock()
    let condition: Condition
    let event = Event()
    let promises = Queue<AsyncResult<Int>>(maxSize: 4)
    let greenlets = Queue<Greenlet<Int>>(maxSize: 4)

    /// What the hubs are spoken to by.
    let remotes = Guarded<[HubRemote]>([])

    private let left: Atomic<Int>
    private let holders = Atomic<Int>(0)
    private let faults = Guarded<[String]>([])
    private let flow = Guarded(Flow())
    // Guarded by `lock`, and by nothing else: that is what is tried.
    nonisolated(unsafe) private var underLock = 0
    private let timesLocked = Atomic<Int>(0)

    private struct Flow {
        var put: [Item: Int] = [:]
        var got: [Item: Int] = [:]
    }

    /// A run of so many operations.
    init(operations: Int) {
        left = Atomic(operations)
        condition = Condition(lock)
    }

    /// Whether there is another operation to be done.
    func takeTurn() -> Bool { left.subtract(1, ordering: .relaxed).newValue >= 0 }

    /// Notes that an element was taken by whoever is to pass it on.
    func put(_ item: Item) { flow.withLock { $0.put[item, default: 0] += 1 } }

    /// Notes that an element has come.
    func got(_ item: Item) { flow.withLock { $0.got[item, default: 0] += 1 } }

    /// Uses a place of the semaphore; there are never more users than places.
    func usePlace(_ body: () throws -> Void) rethrows {
        if holders.add(1, ordering: .relaxed).newValue > Self.places { fault("too many holders") }
        defer {
            holders.subtract(1, ordering: .relaxed)
            semaphore.release()
        }
        try body()
    }

    /// Counts in the old way, which is right only while nobody else does.
    func count() {
        let before = unsafe underLock
        timesLocked.add(1, ordering: .relaxed)
        unsafe underLock = before + 1
    }

    /// Notes something that must not be.
    func fault(_ text: String) { faults.withLock { $0.append(text) } }

    /// Takes what is left in the queue, and says what does not fit.
    func verdict() -> [String] {
        while let item = try? queue.getNowait() { got(item) }
        var faults = faults.withLock { $0 }
        let (put, got) = flow.withLock { ($0.put, $0.got) }
        if put != got { faults.append("\(put.count) elements were put and \(got.count) came") }
        if put.values.contains(where: { $0 != 1 }) { faults.append("an element was put twice") }
        if semaphore.counter != Self.places {
            faults.append("\(semaphore.counter) places are left")
        }
        if unsafe underLock != timesLocked.load(ordering: .relaxed) {
            faults.append("a count was lost")
        }
        if lock.isLocked { faults.append("the lock is held") }
        let waiters = [
            semaphore.waiterCount, lock.waiterCount, condition.waiterCount, event.waiterCount,
            queue.getterCount, queue.putterCount, channel.balance, promises.getterCount,
        ]
        if waiters.contains(where: { $0 != 0 }) {
            faults.append("somebody is left in line: \(waiters)")
        }
        return faults
    }
}
