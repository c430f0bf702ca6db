// SPDX-License-Identifier: Apache-2.0
import Glibc
import Measure
import Synchronization

/// Tasks that all wait on one gate: what each has of the memory, and what waking one costs.
func measureParked(_ count: Int) async {
    let gate = Gate()
    let before = residentBytes()
    let (bytes, start) = await withDiscardingTaskGroup { group in
        for _ in 0..<count { group.addTask { await gate.wait() } }
        while gate.waiting < count { await Task.yield() }
        let bytes = (residentBytes() - before) / count
        let start = now()
        gate.open()
        return (bytes, start)
    }
    report(["bytes": Double(bytes), "wake_ns": each(count, since: start)])
}

/// As an application would write it for speed: a list of continuations under a mutex.
private final class Gate: Sendable {
    private struct State {
        var waiters: [UnsafeContinuation<Void, Never>] = []
        var isOpen = false
    }

    private let state = Mutex(State())

    var waiting: Int { state.withLock { $0.waiters.count } }

    func wait() async {
        await withUnsafeContinuation { waiter in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(waiter) }
                return state.isOpen
            }
            if isOpen { waiter.resume() }
        }
    }

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
