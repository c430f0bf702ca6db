// SPDX-License-Identifier: Apache-2.0

/// What was found for one metric of a series.
struct Curve {
    let series: Series
    let metric: String
    let points: [(size: Int, spread: Spread)]

    /// What an operation costs with the most of them, by what it costs where that is least.
    var rise: Double? {
        guard let last = points.last, let least = points.map(\.spread.median).min(), least > 0
        else { return nil }
        return last.spread.median / least
    }

    /// A line for each size.
    var json: [String] {
        points.map { size, spread in
            """
            {"series":"\(series.name)","metric":"\(metric)","things":"\(series.things)",\
            "size":\(size),"who":"\(Who.gevent.rawValue)","median":\(spread.median.exact),\
            "min":\(spread.min.exact),"max":\(spread.max.exact),\
            "unit":"\(Metric.Unit.nanoseconds.rawValue)"}
            """
        }
    }
}
