// SPDX-License-Identifier: Apache-2.0
internal import CCountClock
internal import Gevent
internal import GeventTesting
internal import Glibc

/// Does one operation many times, for scripts/thresholds to count what it costs: `count OPERATION TIMES`.
///
/// Prints the allocations of the process's main thread meanwhile. The difference of two runs, divided by
/// that of their times, is what one operation costs; what only starts and warms is in both.
@main
enum Count {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments == ["--list"] {
            for operation in Operation.all { print(operation.name) }
            return
        }
        guard arguments.count == 2, let name = arguments.first, let last = arguments.last,
            let times = Int(last), times > 0,
            let operation = Operation.all.first(where: { $0.name == name })
        else { fail("usage: count OPERATION TIMES | --list", status: EX_USAGE) }
        do {
            let used = try allocations { try operation.run(times) }
            print(used.count)
            guard count_clock_looks() > 0 else {
                fail("count: the hub has a clock of its own", status: EXIT_FAILURE)
            }
        } catch {
            fail("count: \(name): \(error)", status: EXIT_FAILURE)
        }
    }

    private static func fail(_ message: String, status: Int32) -> Never {
        _ = unsafe (message + "\n").withCString { unsafe write(STDERR_FILENO, $0, strlen($0)) }
        exit(status)
    }
}
