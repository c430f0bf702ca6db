// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits

/// A measurement in a child process.
enum Repetition {
    /// A child that did not give its numbers.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Measures the library and the limit in turns, `count` times each.
    ///
    /// - Returns: What was found, and the largest share of its time that a run waited for its core.
    static func figures(
        of workload: any Workload.Type, count: Int
    ) throws -> (figures: [Figure], disturbance: Double) {
        var disturbance = 0.0
        var samples: [Who: [[Double]]] = [:]
        for _ in 0..<count {
            for who in Who.allCases {
                let values = try measure(workload, who)
                samples[who, default: []].append(values)
                disturbance = max(disturbance, values[workload.metrics.count])
            }
        }
        let figures = workload.metrics.enumerated().map { index, metric in
            Figure(
                workload: workload.name, metric: metric,
                spreads: samples.mapValues { runs in Spread(runs.map { $0[index] }) })
        }
        return (figures, disturbance)
    }

    private static func measure(_ workload: any Workload.Type, _ who: Who) throws -> [Double] {
        let expected = workload.metrics.count + 1
        let measurement = "\(workload.name)/\(who.rawValue)"
        var values = [Double](repeating: 0, count: expected)
        let count = unsafe values.withUnsafeMutableBufferPointer { buffer in
            unsafe child_measure(
                Command.measureOption, measurement, buffer.baseAddress, Int32(expected))
        }
        guard count == expected else {
            throw Failure(description: "the process that was to measure \(measurement) failed")
        }
        return values
    }
}
