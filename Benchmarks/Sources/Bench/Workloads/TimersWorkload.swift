// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// A hundred thousand greenlets that each sleep for a random time of up to a second, on stacks in
/// use before.
///
/// - cpu: the processor time of the process, from the first spawn to the last join.
/// - late-p99: how long after the moment that it asked for a greenlet ran. All are spawned before
///   the first of them runs, and a woken greenlet goes behind those that have not run yet.
/// - late-p99-batches: the same where the spawner lets others run after every thousand.
///
/// The limit is C contexts with a binary heap that wake on whole milliseconds, and the same sleeps.
enum TimersWorkload: Workload {
    static let name = "timers"
    static let metrics = [
        Metric(name: "cpu", unit: .seconds, aim: 0.3),
        Metric(name: "late-p99", unit: .milliseconds, aim: 10),
        Metric(name: "late-p99-batches", unit: .milliseconds, aim: 10),
    ]
    private static let count = 100_000
    private static let batchSize = 1000

    static func measure() throws -> [Double] {
        let sleeps = randomSleeps()
        try warmStacks()
        let start = limit_cpu_time()
        let greenlets = try sleepAll(sleeps, batch: count)
        let used = limit_cpu_time() - start
        let late = try latePercentile(greenlets)
        let lateInBatches = try latePercentile(try sleepAll(sleeps, batch: batchSize))
        return [Double(used) / 1e9, late, lateInBatches]
    }

    static func measureLimit() -> [Double] {
        let sleeps = randomSleeps()
        let costs = [count, batchSize].map { batch in
            unsafe sleeps.withUnsafeBufferPointer { sleeps in
                unsafe limit_timers(sleeps.baseAddress, count, batch)
            }
        }
        return [costs[0].cpu_seconds, costs[0].late_milliseconds, costs[1].late_milliseconds]
    }

    /// Sleeps for all the times given, and returns greenlets whose values say how late each was.
    private static func sleepAll(_ sleeps: [UInt64], batch: Int) throws -> [Greenlet<UInt64>] {
        var greenlets: [Greenlet<UInt64>] = []
        greenlets.reserveCapacity(sleeps.count)
        for nanoseconds in sleeps {
            let greenlet = spawn { () throws -> UInt64 in
                let due = limit_now() + nanoseconds
                try sleep(.nanoseconds(Int64(nanoseconds)))
                return limit_now() - due
            }
            greenlets.append(greenlet)
            if greenlets.count.isMultiple(of: batch) { try sleep(.zero) }
        }
        try joinAll(greenlets)
        return greenlets
    }

    private static func latePercentile(_ greenlets: [Greenlet<UInt64>]) throws -> Double {
        let late = try greenlets.map { try $0.get() }.sorted()
        return Double(late[late.count * 99 / 100]) / 1e6
    }

    /// Has as many greenlets at once as will sleep, each as deep in its stack.
    private static func warmStacks() throws {
        let gate = Event()
        let arrived = Queue<Void>()
        let greenlets = (0..<count).map { _ in
            spawn {
                try sleep(.milliseconds(1))
                try arrived.put(())
                try gate.wait()
            }
        }
        // None goes on before all have begun: a stack left early would serve a second greenlet.
        while arrived.count < count { try sleep(.milliseconds(10)) }
        gate.set()
        try joinAll(greenlets)
    }

    /// The same each time, so that all measurements sleep alike: SplitMix64.
    private static func randomSleeps() -> [UInt64] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return (mixed ^ (mixed >> 31)) % 1_000_000_000
        }
    }
}
