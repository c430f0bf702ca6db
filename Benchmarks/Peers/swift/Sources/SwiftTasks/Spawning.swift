// SPDX-License-Identifier: Apache-2.0
import Measure

/// Tasks that do nothing, so many at a time, and the wait for all of them.
///
/// A discarding group: one that keeps results costs more.
func measureSpawn(_ count: Int, batch: Int) async {
    if batch < count { await spawn(count / 10, batch: batch) }
    let start = now()
    await spawn(count, batch: batch)
    report(["ns": each(count, since: start)])
}

private func spawn(_ count: Int, batch: Int) async {
    for _ in 0..<count / batch {
        await withDiscardingTaskGroup { group in
            for _ in 0..<batch { group.addTask {} }
        }
    }
}
