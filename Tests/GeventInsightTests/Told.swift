// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventInsight
import GeventSystem
import Glibc
import Testing

/// What a watchdog has told.
final class Told: Sendable {
    private let kept = Guarded<[BlockedReport]>([])
    private let news = NativeSignal()

    /// Has a watchdog tell of whoever is held, and lets a reader of `pipe` go on once it has told that much.
    static func watching(_ pipe: BlockingPipe, until stage: BlockedReport.Stage = .begun) throws
        -> Told
    {
        let told = Told()
        try Watchdog.start(threshold: .milliseconds(20)) { report in
            told.note(report)
            if report.stage == stage { pipe.release() }
        }
        return told
    }

    /// All reports until now.
    var reports: [BlockedReport] { kept.withLock { $0 } }

    /// Takes a report.
    func note(_ report: BlockedReport) {
        kept.withLock { $0.append(report) }
        news.raise()
    }

    /// Blocks the thread until there is a report of which `isWanted` holds, and returns it.
    func first(_ isWanted: (BlockedReport) -> Bool) -> BlockedReport {
        while true {
            if let found = reports.first(where: isWanted) { return found }
            news.wait()
        }
    }
}

/// A pipe that one reads from as a library does that knows of no greenlets.
final class BlockingPipe: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        // SAFETY: the call fills both.
        try must(unsafe pipe(&ends) == 0, "no pipe")
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Blocks the thread until there is a byte; stands on the stack meanwhile, however it is compiled.
    @inline(never) func read() -> Int32 {
        let byte = gv_probe_read_byte(readEnd)
        return byte < 0 ? .min : byte
    }

    /// Lets one reader go on.
    func release() {
        var byte: UInt8 = 7
        // SAFETY: the byte is there until the call returns.
        unsafe _ = Glibc.write(writeEnd, &byte, 1)
    }
}

/// Something is not as it should be; ends a process that a test has started.
struct Wrong: Error, CustomStringConvertible {
    let description: String
}

/// Makes sure of something in a process that a test has started.
func must(_ condition: Bool, _ text: @autoclosure () -> String) throws {
    if !condition { throw Wrong(description: text()) }
}

extension ExitTest.Result? {
    /// What the child process has written to standard error.
    var errorText: String { String(decoding: self?.standardErrorContent ?? [], as: UTF8.self) }
}
