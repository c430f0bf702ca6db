// SPDX-License-Identifier: Apache-2.0

/// The median of some measurements, and how far they lie apart.
struct Spread {
    let median: Double
    let min: Double
    let max: Double

    /// - Precondition: There is at least one sample.
    init(_ samples: [Double]) {
        let sorted = samples.sorted()
        let middle = sorted.count / 2
        median =
            sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        min = sorted[0]
        max = sorted[sorted.count - 1]
    }
}

/// What was found for one metric.
struct Figure {
    let workload: String
    let metric: Metric
    let spreads: [Who: Spread]

    /// A line each for the library and the limit.
    var json: [String] {
        Who.allCases.compactMap { who in
            spreads[who].map { spread in
                """
                {"workload":"\(workload)","who":"\(who.rawValue)","metric":"\(metric.name)",\
                "median":\(spread.median.exact),"min":\(spread.min.exact),\
                "max":\(spread.max.exact),"unit":"\(metric.unit.rawValue)"}
                """
            }
        }
    }
}

extension Double {
    /// To four digits behind the point.
    var exact: Double { (self * 10_000).rounded() / 10_000 }
}
