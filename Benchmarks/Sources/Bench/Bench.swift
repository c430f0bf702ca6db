// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Glibc

/// The benchmarks: `bench [--growth] [NAME…] [--json] [--repeat N]`.
///
/// Each measurement is a process of its own, so that none finds the other's memory, and the two
/// that are compared take turns, so that a machine that slows down slows both.
@main
enum Bench {
    /// All there are, in the order they run.
    static let workloads: [any Workload.Type] = [
        SwitchWorkload.self, HandoverWorkload.self, SpawnWorkload.self, ParkedWorkload.self,
        QueueWorkload.self, TimersWorkload.self, EventWorkload.self, RemoteWorkload.self,
        EchoWorkload.self, IdleWorkload.self, AcceptWorkload.self, BulkWorkload.self,
        TLSWorkload.self, PatchWorkload.self,
    ]

    static func main() {
        do {
            switch try Command(arguments: CommandLine.arguments.dropFirst()) {
            case .help: print(Command.usage)
            case .measure(let measurement): try measure(measurement)
            case .run(let workloads, let options): try run(workloads, options)
            case .grow(let series, let options): try grow(series, options)
            }
        } catch let error as Command.Mistake {
            fail("\(error)", status: EX_USAGE)
        } catch {
            fail("\(error)", status: EXIT_FAILURE)
        }
    }

    /// What a child does: one measurement, a number a line, and last how much it was disturbed.
    private static func measure(_ measurement: Measurement) throws {
        for value in try measurement.take() + [bench_share_waited()] { print(value) }
        // Parked memory is not worth giving back: the process ends.
        exit(EXIT_SUCCESS)
    }

    private static func run(_ workloads: [any Workload.Type], _ options: Command.Options) throws {
        if !options.isJSON { print(Table.header) }
        for workload in workloads {
            let (figures, disturbance) = try Repetition.figures(
                of: workload, count: options.repetitions ?? 5)
            warn(of: disturbance, in: workload)
            show(options.isJSON ? figures.flatMap(\.json) : figures.map { Table.line($0) })
        }
    }

    private static func grow(_ series: [Series], _ options: Command.Options) throws {
        if !options.isJSON { print(Table.growthHeader) }
        for series in series {
            let curves = try Repetition.curves(of: series, count: options.repetitions ?? 3)
            show(options.isJSON ? curves.flatMap(\.json) : curves.map { Table.line($0) })
        }
    }

    private static func show(_ lines: [String]) {
        for line in lines { print(line) }
        // Through a pipe too, each as soon as it is known.
        fflush(nil)
    }

    private static func warn(of disturbance: Double, in workload: any Workload.Type) {
        guard disturbance > 0.05 else { return }
        let percent = Int(disturbance * 100)
        say("\(workload.name): other programs had the core for up to \(percent) % of a run's time")
    }

    private static func fail(_ message: String, status: Int32) -> Never {
        say(message)
        exit(status)
    }

    private static func say(_ message: String) {
        let text = "bench: \(message)\n"
        _ = unsafe text.withCString { unsafe write(STDERR_FILENO, $0, strlen($0)) }
    }
}
