// SPDX-License-Identifier: Apache-2.0
import Measure
import Synchronization

/// Tasks that each sleep for a random time of up to a second.
///
/// They are detached: a group of them took ten times as long in its list of children.
func measureTimers(_ count: Int) async {
    let left = Atomic(count)
    let cpu = cpuSeconds()
    await withUnsafeContinuation { (done: UnsafeContinuation<Void, Never>) in
        for _ in 0..<count {
            let nanoseconds = UInt64.random(in: 0..<1_000_000_000)
            Task.detached {
                try? await Task.sleep(nanoseconds: nanoseconds)
                if left.subtract(1, ordering: .relaxed).newValue == 0 { done.resume() }
            }
        }
    }
    report(["cpu_s": cpuSeconds() - cpu])
}
