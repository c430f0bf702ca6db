// SPDX-License-Identifier: Apache-2.0

/// What one operation costs as there are more of something at the same time.
struct Series: Sendable {
    /// What it is called on the command line.
    let name: String
    /// What there are more of, in the plural.
    let things: String
    /// Powers of ten: how many there are.
    let decades: ClosedRange<Int>
    /// What is measured, in nanoseconds an operation, in the order of the values.
    let metrics: [String]
    /// Measures with so many; called once in a process.
    let measure: @Sendable (Int) throws -> [Double]

    /// All there are, in the order they run.
    static let all = greenlets + connections + timers + waiters

    var sizes: [Int] {
        decades.map { decade in (0..<decade).reduce(1) { size, _ in size * 10 } }
    }
}

extension Series {
    /// The mean of what some rounds give, after one whose costs only beginners have.
    ///
    /// - Parameters:
    ///   - size: How many there are in a round.
    ///   - total: How many are to be had in all rounds together.
    ///   - most: How many rounds there are at most.
    ///   - round: Gives its costs.
    /// - Returns: The mean of each cost.
    /// - Throws: What `round` throws.
    static func mean(
        of size: Int, total: Int = 300_000, most: Int = .max, _ round: (Int) throws -> [Double]
    ) throws -> [Double] {
        _ = try round(size)
        let count = max(1, min(most, total / size))
        var sums: [Double] = []
        for _ in 0..<count {
            let values = try round(size)
            sums = sums.isEmpty ? values : zip(sums, values).map { $0 + $1 }
        }
        return sums.map { $0 / Double(count) }
    }
}
