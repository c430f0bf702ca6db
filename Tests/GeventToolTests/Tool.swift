// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent
import Testing

extension Tag {
    /// Takes more than about 10 ms.
    @Tag static var slow: Self
}

/// A run of the built tool in a process of its own.
struct Tool {
    /// Its exit status, or minus the signal that ended it.
    let status: Int32
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let errors: String

    /// Where the build puts it: beside the bundle of the tests.
    static var folder: URL {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(fileURLWithPath: tests).deletingLastPathComponent()
        }
    }

    /// Runs it to its end, which blocks the thread; with `folder`, the one that lies there.
    init(_ arguments: [String], input: String = "", in folder: String? = nil) throws {
        // Files and no pipes, which can be full.
        let streams = try Scratch(["input": input, "output": "", "errors": ""])
        let process = Process()
        process.executableURL =
            try (folder.map { URL(fileURLWithPath: $0) } ?? Self.folder)
            .appendingPathComponent("gevent")
        process.arguments = arguments
        process.standardInput = FileHandle(forReadingAtPath: "\(streams.path)/input")
        process.standardOutput = FileHandle(forWritingAtPath: "\(streams.path)/output")
        process.standardError = FileHandle(forWritingAtPath: "\(streams.path)/errors")
        try process.run()
        process.waitUntilExit()
        let isExit = process.terminationReason == .exit
        status = isExit ? process.terminationStatus : -process.terminationStatus
        output = streams.text(of: "output") ?? ""
        errors = streams.text(of: "errors") ?? ""
    }
}
