// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits

/// What one process measures.
enum Measurement {
    case workload(any Workload.Type, Who)
    case series(Series, size: Int)
    /// Not measured for itself: the other side of a server's.
    case load(port: UInt16, connections: Int, messages: Int)

    /// As it is given to the process.
    var text: String {
        switch self {
        case .workload(let workload, let who): "workload/\(workload.name)/\(who.rawValue)"
        case .series(let series, let size): "series/\(series.name)/\(size)"
        case .load(let port, let connections, let messages):
            "load/\(port)/\(connections)/\(messages)"
        }
    }

    /// How many numbers it gives.
    var count: Int {
        switch self {
        case .workload(let workload, _): workload.metrics.count
        case .series(let series, _): series.metrics.count
        case .load: 1
        }
    }

    /// What `text` was of; `nil` if of nothing.
    init?(_ text: String) {
        let parts = text.split(separator: "/").map { String($0) }
        let numbers = parts.dropFirst().map { Int($0) ?? 0 }
        switch (parts.first, parts.count) {
        case ("workload", 3):
            guard let workload = Bench.workloads.first(where: { $0.name == parts[1] }),
                let who = Who(rawValue: parts[2])
            else { return nil }
            self = .workload(workload, who)
        case ("series", 3):
            guard let series = Series.all.first(where: { $0.name == parts[1] }), numbers[1] > 0
            else { return nil }
            self = .series(series, size: numbers[1])
        case ("load", 4):
            guard let port = UInt16(exactly: numbers[0]), numbers[1] > 0 else { return nil }
            self = .load(port: port, connections: numbers[1], messages: numbers[2])
        default: return nil
        }
    }

    /// Measures here; once in a process.
    func take() throws -> [Double] {
        switch self {
        case .workload(let workload, .gevent): return try workload.measure()
        case .workload(let workload, .limit): return workload.measureLimit()
        case .series(let series, let size): return try series.measure(size)
        case .load(let port, let connections, let messages):
            bench_raise_descriptor_limit()
            // SAFETY: the load belongs to this call, which joins it.
            let load = unsafe bench_load_start(Int32(port), Int32(connections), messages)
            return [Double(unsafe bench_load_join(load, nil))]
        }
    }

    /// Measures in a process of its own.
    ///
    /// - Returns: The numbers, and the share of its time that the process waited for its core.
    func takeElsewhere() throws -> (values: [Double], disturbance: Double) {
        let expected = count + 1
        var values = [Double](repeating: 0, count: expected)
        let got = unsafe values.withUnsafeMutableBufferPointer { buffer in
            unsafe child_measure(
                Command.measureOption, text, buffer.baseAddress, Int32(expected))
        }
        guard got == expected else { throw Failure(text: text) }
        return (Array(values.dropLast()), values[count])
    }

    /// A process that did not give its numbers.
    struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { "the process that was to measure \(text) failed" }
    }
}
