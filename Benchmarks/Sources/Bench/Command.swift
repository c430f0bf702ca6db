// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
enum Command {
    case help
    case measure(Measurement)
    case run([any Workload.Type], Options)
    case grow([Series], Options)

    struct Options {
        var isJSON = false
        var isGrowth = false
        /// `nil` where none was asked for.
        var repetitions: Int?
    }

    /// A command line that makes no sense.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    static let measureOption = "--measure"

    static var usage: String {
        """
        usage: bench [WORKLOAD…] [--json] [--repeat N]
               bench --growth [SERIES…] [--json] [--repeat N]

        Workloads: \(names); none named means all.
        Series: \(seriesNames); none named means all.
          --growth    what an operation costs as there are more of them
          --json      one line a figure, in JSON
          --repeat N  measure each N times; 5 unless given, and 3 for a growth
        """
    }

    private static var names: String { Bench.workloads.map { $0.name }.joined(separator: ", ") }

    private static var seriesNames: String { Series.all.map { $0.name }.joined(separator: ", ") }

    init(arguments: some Sequence<String>) throws {
        var options = Options()
        var names: [String] = []
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h":
                self = .help
                return
            case Self.measureOption:
                guard let measurement = Measurement(rest.next() ?? "") else {
                    throw Mistake(description: "\(Self.measureOption) wants what bench gives it")
                }
                self = .measure(measurement)
                return
            case "--growth": options.isGrowth = true
            case "--json": options.isJSON = true
            case "--repeat":
                guard let count = rest.next().flatMap({ Int($0) }), count > 0 else {
                    throw Mistake(description: "--repeat wants a number of at least 1")
                }
                options.repetitions = count
            case let option where option.hasPrefix("-"):
                throw Mistake(description: "unknown option '\(option)'\n\(Self.usage)")
            default: names.append(argument)
            }
        }
        if options.isGrowth {
            let series = try names.map { try Self.series($0) }
            self = .grow(series.isEmpty ? Series.all : series, options)
        } else {
            let workloads = try names.map { try Self.workload($0) }
            self = .run(workloads.isEmpty ? Bench.workloads : workloads, options)
        }
    }

    private static func workload(_ name: String) throws -> any Workload.Type {
        guard let found = Bench.workloads.first(where: { $0.name == name }) else {
            throw Mistake(description: "unknown workload '\(name)'; there are \(names)")
        }
        return found
    }

    private static func series(_ name: String) throws -> Series {
        guard let found = Series.all.first(where: { $0.name == name }) else {
            throw Mistake(description: "unknown series '\(name)'; there are \(seriesNames)")
        }
        return found
    }
}
