// SPDX-License-Identifier: Apache-2.0
import Measure

/// Two tasks that let each other run.
func measureYield(_ count: Int) async {
    func yield(_ count: Int) async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask { for _ in 0..<count / 2 { await Task.yield() } }
            }
        }
    }
    await yield(count / 10)
    let start = now()
    await yield(count)
    report(["ns": each(count, since: start)])
}
