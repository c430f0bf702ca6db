// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// A million greenlets that wait for one event at the same time.
///
/// What they cost is what the process has grown by since before the first was spawned. The limit is
/// C contexts left in the middle, on stacks without guards in one mapping.
enum ParkedWorkload: Workload {
    static let name = "parked"
    static let metrics = [
        // 4.7 KiB.
        Metric(name: "resident", unit: .bytes, aim: 4813),
        Metric(name: "page-tables", unit: .bytes),
        Metric(name: "wake-and-join", aim: 400),
    ]
    private static let count = 1_000_000

    static func measure() throws -> [Double] {
        let gate = Event()
        // The hub's own memory is not the greenlets'.
        try sleep(.zero)
        let before = Memory.now
        let greenlets = (0..<count).map { _ in spawn { _ = try gate.wait() } }
        try idle()
        precondition(Hub.current.greenletCount >= count)
        let grown = Memory.now - before
        let waking = try nanosecondsEach(count) {
            gate.set()
            try joinAll(greenlets)
        }
        return [
            Double(grown.resident) / Double(count), Double(grown.pageTables) / Double(count),
            waking,
        ]
    }

    static func measureLimit() -> [Double] {
        let cost = limit_parked(count)
        return [cost.resident_bytes, cost.page_table_bytes, cost.wake_nanoseconds]
    }
}

/// Bytes that this process has of the machine's memory.
private struct Memory {
    var resident: Int64
    var pageTables: Int64

    static var now: Memory {
        unsafe Memory(
            resident: limit_status_bytes("VmRSS"), pageTables: limit_status_bytes("VmPTE"))
    }

    static func - (later: Memory, earlier: Memory) -> Memory {
        Memory(
            resident: later.resident - earlier.resident,
            pageTables: later.pageTables - earlier.pageTables)
    }
}
