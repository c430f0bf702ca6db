// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Glibc

/// The benchmarks: `bench [WORKLOAD…] [--json] [--repeat N]`.
///
/// Each measurement is a process of its own, so that none finds the other's memory, and the two
/// that are compared take turns, so that a machine that slows down slows both.
@main
enum Bench {
    /// All there are, in the order they run.
    static let workloads: [any Workload.Type] = [
        SwitchWorkload.self, HandoverWorkload.self, SpawnWorkload.self, ParkedWorkload.self,
        QueueWorkload.self, TimersWorkload.self, RemoteWorkload.self, EchoWorkload.self,
        IdleWorkload.self, TLSWorkload.self, PatchWorkload.self,
    ]

    static func main() {
        do {
            switch try Command(arguments: CommandLine.arguments.dropFirst()) {
            case .help: print(Command.usage)
            case .measure(let workload, let who): try measure(workload, who)
            case .run(let workloads, let options): try run(workloads, options)
            }
        } catch let error as Command.Mistake {
            fail("\(error)", status: EX_USAGE)
        } catch {
            fail("\(error)", status: EXIT_FAILURE)
        }
    }

    /// What a child does: one measurement, a number a line, and last how much it was disturbed.
    private static func measure(_ workload: any Workload.Type, _ who: Who) throws {
        let values =
            switch who {
            case .gevent: try workload.measure()
            case .limit: workload.measureLimit()
            }
        for value in values + [bench_share_waited()] { print(value) }
        // Parked memory is not worth giving back: the process ends.
        exit(EXIT_SUCCESS)
    }

    private static func run(_ workloads: [any Workload.Type], _ options: Command.Options) throws {
        if !options.isJSON { print(Table.header) }
        for workload in workloads {
            let (figures, disturbance) = try Repetition.figures(
                of: workload, count: options.repetitions)
            warn(of: disturbance, in: workload)
            for line in options.isJSON ? figures.flatMap(\.json) : figures.map(Table.line) {
                print(line)
            }
            // Through a pipe too, each as soon as it is known.
            fflush(nil)
        }
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
