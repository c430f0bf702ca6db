// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
enum Command {
    case help
    case measure(any Workload.Type, Who)
    case run([any Workload.Type], Options)

    struct Options {
        var isJSON = false
        var repetitions = 5
    }

    /// A command line that makes no sense.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    static let measureOption = "--measure"

    static var usage: String {
        """
        usage: bench [WORKLOAD…] [--json] [--repeat N]

        Workloads: \(names); none named means all.
          --json      one line a figure, in JSON
          --repeat N  measure each N times; 5 unless given
        """
    }

    private static var names: String { Bench.workloads.map { $0.name }.joined(separator: ", ") }

    init(arguments: some Sequence<String>) throws {
        var options = Options()
        var workloads: [any Workload.Type] = []
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--help", "-h":
                self = .help
                return
            case Self.measureOption:
                self = try Self.measurement(rest.next() ?? "")
                return
            case "--json": options.isJSON = true
            case "--repeat":
                guard let count = rest.next().flatMap({ Int($0) }), count > 0 else {
                    throw Mistake(description: "--repeat wants a number of at least 1")
                }
                options.repetitions = count
            case let option where option.hasPrefix("-"):
                throw Mistake(description: "unknown option '\(option)'\n\(Self.usage)")
            default: workloads.append(try Self.workload(argument))
            }
        }
        self = .run(workloads.isEmpty ? Bench.workloads : workloads, options)
    }

    private static func workload(_ name: String) throws -> any Workload.Type {
        guard let found = Bench.workloads.first(where: { $0.name == name }) else {
            throw Mistake(description: "unknown workload '\(name)'; there are \(names)")
        }
        return found
    }

    private static func measurement(_ text: String) throws -> Command {
        let parts = text.split(separator: "/").map { String($0) }
        guard parts.count == 2, let who = Who(rawValue: parts[1]) else {
            throw Mistake(description: "\(measureOption) wants WORKLOAD/WHO")
        }
        return .measure(try workload(parts[0]), who)
    }
}
