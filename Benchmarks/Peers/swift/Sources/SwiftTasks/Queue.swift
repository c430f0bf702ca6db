// SPDX-License-Identifier: Apache-2.0
import Measure
import Synchronization

/// Numbers through a queue that holds a hundred, from so many tasks to as many.
func measureQueue(_ count: Int, pairs: Int) async {
    await pass(count / 10, pairs: pairs)
    let start = now()
    await pass(count, pairs: pairs)
    report(["ns": each(count, since: start)])
}

private func pass(_ count: Int, pairs: Int) async {
    let queue = Queue(room: 100)
    await withDiscardingTaskGroup { group in
        for _ in 0..<pairs {
            group.addTask { for number in 0..<count / pairs { await queue.put(number) } }
            group.addTask { for _ in 0..<count / pairs { _ = await queue.get() } }
        }
    }
}

/// The fastest that was found by hand: a ring under a mutex, and continuations only when it is full or
/// empty.
///
/// One on an actor took twice as long, and those of swift-async-algorithms longer still.
private final class Queue: Sendable {
    private struct State {
        var items: Ring<Int>
        var getters = Ring<UnsafeContinuation<Int, Never>>()
        var putters = Ring<(Int, UnsafeContinuation<Void, Never>)>()
    }

    private let room: Int
    private let state: Mutex<State>

    init(room: Int) {
        self.room = room
        state = Mutex(State(items: Ring()))
    }

    func put(_ number: Int) async {
        if tryPut(number) { return }
        await withUnsafeContinuation { (putter: UnsafeContinuation<Void, Never>) in
            let isPut = state.withLock { state in
                if self.put(number, &state) { return true }
                state.putters.append((number, putter))
                return false
            }
            if isPut { putter.resume() }
        }
    }

    func get() async -> Int {
        if let number = state.withLock({ self.get(&$0) }) { return number }
        return await withUnsafeContinuation { (getter: UnsafeContinuation<Int, Never>) in
            let number = state.withLock { state -> Int? in
                if let number = self.get(&state) { return number }
                state.getters.append(getter)
                return nil
            }
            if let number { getter.resume(returning: number) }
        }
    }

    private func tryPut(_ number: Int) -> Bool { state.withLock { self.put(number, &$0) } }

    private func put(_ number: Int, _ state: inout State) -> Bool {
        if let getter = state.getters.popFirst() {
            getter.resume(returning: number)
            return true
        }
        guard state.items.count < room else { return false }
        state.items.append(number)
        return true
    }

    private func get(_ state: inout State) -> Int? {
        guard let number = state.items.popFirst() else { return nil }
        if let (next, putter) = state.putters.popFirst() {
            state.items.append(next)
            putter.resume()
        }
        return number
    }
}

/// A first-in-first-out list in one piece of memory.
private struct Ring<Element> {
    private var places: [Element?] = Array(repeating: nil, count: 128)
    private var first = 0
    private(set) var count = 0

    init() {}

    mutating func append(_ element: Element) {
        precondition(count < places.count, "the ring is full")
        places[(first + count) & (places.count - 1)] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = places[first].take()
        first = (first + 1) & (places.count - 1)
        count -= 1
        return element
    }
}
