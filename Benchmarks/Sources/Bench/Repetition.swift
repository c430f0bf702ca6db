// SPDX-License-Identifier: Apache-2.0

/// A measurement that is taken some times, each time in a process of its own.
enum Repetition {
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
                let run = try Measurement.workload(workload, who).takeElsewhere()
                samples[who, default: []].append(run.values)
                disturbance = max(disturbance, run.disturbance)
            }
        }
        let figures = workload.metrics.enumerated().map { index, metric in
            Figure(
                workload: workload.name, metric: metric,
                spreads: samples.mapValues { runs in Spread(runs.map { $0[index] }) })
        }
        return (figures, disturbance)
    }

    /// Measures a series at each of its sizes, as often as `count` says.
    static func curves(of series: Series, count: Int) throws -> [Curve] {
        var samples: [[[Double]]] = series.sizes.map { _ in [] }
        // All sizes in turn, so that a machine that slows down slows all of them.
        for _ in 0..<count {
            for (index, size) in series.sizes.enumerated() {
                let run = try Measurement.series(series, size: size).takeElsewhere()
                samples[index].append(run.values)
            }
        }
        return series.metrics.enumerated().map { index, metric in
            let spreads = samples.map { runs in Spread(runs.map { $0[index] }) }
            return Curve(
                series: series, metric: metric,
                points: zip(series.sizes, spreads).map { ($0, $1) })
        }
    }
}
