// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// How a number grows, by the straight line that lies closest to its samples.
struct Trend {
    private var count = 0.0
    private var times = 0.0
    private var values = 0.0
    private var squares = 0.0
    private var products = 0.0

    /// Notes a value at a time.
    mutating func note(_ value: Double, at time: Double) {
        count += 1
        times += time
        values += value
        squares += time * time
        products += time * value
    }

    /// How much it grows in one unit of time; 0 until there are three samples.
    var slope: Double {
        let spread = count * squares - times * times
        guard count > 2, spread > 0 else { return 0 }
        return (count * products - times * values) / spread
    }
}

/// Kilobytes of memory that the process has.
func residentKilobytes() -> Double {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1024
}
