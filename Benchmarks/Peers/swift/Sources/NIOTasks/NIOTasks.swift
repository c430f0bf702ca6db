// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore
import NIOPosix

/// SwiftNIO's event loop, by callbacks: `NIOTasks WORKLOAD COUNT`.
@main
enum NIOTasks {
    static func main() throws {
        guard CommandLine.arguments.count == 3 else {
            fatalError("usage: NIOTasks WORKLOAD COUNT")
        }
        let loop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
        let count = argument(2)
        switch CommandLine.arguments[1] {
        case "switch": try measureExecute(on: loop, count)
        case "handover": try measurePromises(on: loop, count)
        case "spawn": try measureSubmit(on: loop, count, batch: 1000)
        case "spawn-alive": try measureSubmit(on: loop, count, batch: count)
        case "parked": try measurePending(on: loop, count)
        case "event": try measureEvent(on: loop, count)
        case "timers": try measureTimers(on: loop, count)
        default: fatalError("no such workload")
        }
    }
}

/// A number that only the loop's thread touches.
final class Counter: @unchecked Sendable {
    var value: Int
    init(_ value: Int) { self.value = value }
}
