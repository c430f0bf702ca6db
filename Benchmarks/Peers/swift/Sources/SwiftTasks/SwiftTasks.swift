// SPDX-License-Identifier: Apache-2.0
import Glibc
import Measure

/// Swift Concurrency: `SwiftTasks WORKLOAD pool|thread COUNT`.
///
/// `pool` is Swift's own threads, `thread` a ``LocalExecutor``.
@main
enum SwiftTasks {
    static func main() {
        guard CommandLine.arguments.count == 4 else {
            fatalError("usage: SwiftTasks WORKLOAD pool|thread COUNT")
        }
        let workload = CommandLine.arguments[1]
        let count = argument(3)
        if CommandLine.arguments[2] == "thread" {
            let executor = LocalExecutor()
            Task.detached(executorPreference: executor) {
                await run(workload, count)
                executor.stop()
            }
            executor.run()
        } else {
            let done = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
            sem_init(done, 0, 0)
            Task.detached {
                await run(workload, count)
                sem_post(done)
            }
            sem_wait(done)
        }
    }

    private static func run(_ workload: String, _ count: Int) async {
        switch workload {
        case "switch": await measureYield(count)
        case "handover": await measureContinuations(count)
        case "streams": await measureStreams(count)
        case "spawn": await measureSpawn(count, batch: 1000)
        case "spawn-alive": await measureSpawn(count, batch: count)
        case "parked": await measureParked(count)
        case "queue": await measureQueue(count, pairs: 1)
        case "queue-10": await measureQueue(count, pairs: 10)
        case "timers": await measureTimers(count)
        default: fatalError("no workload '\(workload)'")
        }
    }
}
