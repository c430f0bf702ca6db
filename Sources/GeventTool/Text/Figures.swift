// SPDX-License-Identifier: Apache-2.0

/// Figures as people read them.
enum Figures {
    /// A number of bytes: `512 B`, `3.4 MB`.
    static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 999.95 && unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(decimals(value, 1)) \(units[unit])"
    }

    /// A length of time in seconds: `0.41 s`.
    static func seconds(_ duration: Duration) -> String {
        "\(decimals(duration / .seconds(1), 2)) s"
    }

    /// A count with its noun: `1 file`, `2 files`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func decimals(_ value: Double, _ places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count)
            + fraction
    }
}
