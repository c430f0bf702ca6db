// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Greenlets that return at once, spawned and joined a thousand at a time.
///
/// - warm: on stacks in use before.
/// - three-task-locals: the same where the spawner has bound three, which each greenlet inherits.
/// - cold: ten thousand that each wait once, in a hub that has had hardly any, so that each gets a
///   stack never used before: its guard, its first page faults and two switches are counted.
/// - million: a million that return at once, all spawned before the first of them runs, on memory that
///   nobody touched before; and the same a second time.
///
/// The limit is a context on one stack used again each time, with three list items copied for it,
/// on fresh guarded stacks, and on one stack after a million records were made.
enum SpawnWorkload: Workload {
    static let name = "spawn"
    static let metrics = [
        Metric(name: "warm", aim: 200), Metric(name: "three-task-locals"), Metric(name: "cold"),
        Metric(name: "million", aim: 400), Metric(name: "million-again", aim: 400),
    ]
    private static let batchSize = 1000
    private static let batches = 500
    private static let coldCount = 10_000
    private static let million = 1_000_000

    @TaskLocal private static var user = "nobody"
    @TaskLocal private static var request = 0
    @TaskLocal private static var isTraced = false

    static func measure() throws -> [Double] {
        [try warm(), try inheriting(), try cold(), try alive(), try alive()]
    }

    static func measureLimit() -> [Double] {
        let count = batches * batchSize
        _ = limit_spawn(count / 10, 0)
        return [limit_spawn(count, 0), limit_spawn(count, 3), limit_spawn_cold(coldCount)]
            + [limit_spawn_alive(million), limit_spawn_alive(million)]
    }

    private static func warm() throws -> Double {
        try spawnAndJoin(batches: batches / 10)
        return try nanosecondsEach(batches * batchSize) { try spawnAndJoin(batches: batches) }
    }

    private static func inheriting() throws -> Double {
        try $user.withValue("ann") {
            try $request.withValue(7) {
                try $isTraced.withValue(true) {
                    let isInherited = try spawn { user == "ann" && request == 7 && isTraced }.get()
                    precondition(isInherited, "a greenlet has not inherited its task locals")
                    return try warm()
                }
            }
        }
    }

    private static func cold() throws -> Double {
        try nanosecondsEach(coldCount) {
            var greenlets: [Greenlet<Void>] = []
            greenlets.reserveCapacity(coldCount)
            for _ in 0..<coldCount { greenlets.append(spawn { try sleep(.zero) }) }
            try joinAll(greenlets)
        }
    }

    private static func alive() throws -> Double {
        try nanosecondsEach(million) {
            var greenlets: [Greenlet<Int>] = []
            greenlets.reserveCapacity(million)
            for number in 0..<million { greenlets.append(spawn { number }) }
            try joinAll(greenlets)
        }
    }

    private static func spawnAndJoin(batches: Int) throws {
        for _ in 0..<batches {
            var greenlets: [Greenlet<Int>] = []
            greenlets.reserveCapacity(batchSize)
            for number in 0..<batchSize { greenlets.append(spawn { number }) }
            try joinAll(greenlets)
        }
    }
}
