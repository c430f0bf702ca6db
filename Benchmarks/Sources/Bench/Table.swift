// SPDX-License-Identifier: Apache-2.0

/// Figures as a table for people.
enum Table {
    static let header = row([
        "workload", "metric", "unit", "median", "min", "max", "aim", "", "limit", "ratio",
    ])

    static func line(_ figure: Figure) -> String {
        let metric = figure.metric
        let gevent = figure.spreads[.gevent]
        let limit = figure.spreads[.limit]
        let verdict = metric.aim.flatMap { aim in
            gevent.map { metric.unit.isWorse($0.median, than: aim) ? "missed" : "met" }
        }
        let ratio = gevent.flatMap { ours in
            limit.map {
                metric.unit.moreIsBetter ? $0.median / ours.median : ours.median / $0.median
            }
        }
        return row([
            figure.workload, metric.name, metric.unit.rawValue, text(gevent?.median),
            text(gevent?.min), text(gevent?.max), text(metric.aim), verdict ?? "",
            text(limit?.median), text(ratio),
        ])
    }

    /// Above the curves of a growth.
    static let growthHeader = growthRow(
        ["series", "metric", "of"] + (0...6).map { "1e\($0)" } + ["rise"])

    static func line(_ curve: Curve) -> String {
        let costs = (0...6).map { decade in
            curve.series.decades.contains(decade)
                ? text(curve.points[decade - curve.series.decades.lowerBound].spread.median) : ""
        }
        return growthRow(
            [curve.series.name, curve.metric, curve.series.things] + costs + [text(curve.rise)])
    }

    private static func growthRow(_ cells: [String]) -> String {
        row(cells, widths: [-9, -14, -11] + [Int](repeating: 7, count: 8))
    }

    private static func row(_ cells: [String]) -> String { row(cells, widths: widths) }

    /// Widths of the columns; less than zero lines up on the left.
    private static let widths = [-9, -17, -6, 7, 7, 7, 7, -7, 7, 7]

    private static func row(_ cells: [String], widths: [Int]) -> String {
        let padded = zip(cells, widths).map { cell, width in
            let space = String(repeating: " ", count: max(0, abs(width) - cell.count))
            return width < 0 ? cell + space : space + cell
        }
        return padded.joined(separator: " ")
    }

    /// About three digits that matter.
    private static func text(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "-" }
        let scale: Double = value >= 100 ? 1 : value >= 10 ? 10 : value >= 1 ? 100 : 1000
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
