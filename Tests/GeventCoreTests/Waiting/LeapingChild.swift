// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Programs for which the wall clock leaps to and fro by a year, every few milliseconds.
///
/// By libfaketime, which reads from a file by how much the clock is to be wrong.
final class LeapingChild {
    private let folder: URL
    private var offset: URL { folder.appendingPathComponent("offset") }

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("gevent-clock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try leap(by: "+0")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Whether the clock is in fact seen to be wrong.
    func wallClockLeaps() throws -> Bool {
        try leap(by: "-365d")
        let past = try process("/bin/date", ["+%Y"])
        let (_, text) = try finish(past) {}
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)).map { $0 < year } ?? false
    }

    /// Runs those of these very tests whose names match `pattern`.
    ///
    /// - Returns: Their exit status, and what they wrote.
    func run(tests pattern: String) throws -> (status: Int32, report: String) {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let child = try process(tests, ["--testing-library", "swift-testing", "--filter", pattern])
        var isPast = false
        return try finish(child) {
            isPast.toggle()
            try leap(by: isPast ? "-365d" : "+0")
        }
    }

    private func leap(by text: String) throws {
        // At once: a file half written would be read.
        try Data("\(text)\n".utf8).write(to: offset, options: .atomic)
    }

    // By way of `faketime`, which sets up what the library would otherwise put into the environment
    // of the running program; there Swift looks for the arguments of its command line.
    private func process(_ path: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments  // A sleep that goes by the wall clock would not end.
        =
            ["timeout", "-s", "KILL", "60", "faketime", "-m", "--exclude-monotonic", "-f", "+0"]
            + ["env", "-u", "FAKETIME", "FAKETIME_TIMESTAMP_FILE=\(offset.path)"]
            + ["FAKETIME_NO_CACHE=1", "GEVENT_TEST_CLOCK=real", path] + arguments
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs `meanwhile` again and again until the process has ended.
    private func finish(
        _ process: Process, meanwhile: () throws -> Void
    ) throws -> (Int32, String) {
        let report = folder.appendingPathComponent("report")
        try Data().write(to: report)
        let output = try FileHandle(forWritingTo: report)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        while process.isRunning {
            try meanwhile()
            usleep(3_000)
        }
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOf: report, encoding: .utf8))
    }
}
