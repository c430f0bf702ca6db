// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// The built tool while it serves, in a process of its own, which ends with the object.
final class RunningTool {
    private let process = Process()
    private let streams: Scratch

    /// Where it listens: the end of the line that it begins with.
    let address: String

    /// Starts it and waits until it listens, which blocks the thread.
    init(_ arguments: [String], address: (String) -> String?) throws {
        streams = try Scratch(["output": "", "errors": ""])
        process.executableURL = try Tool.folder.appendingPathComponent("gevent")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: "\(streams.path)/output")
        process.standardError = FileHandle(forWritingAtPath: "\(streams.path)/errors")
        try process.run()
        while true {
            let output = streams.text(of: "output") ?? ""
            if output.hasSuffix("\n"), let line = output.split(separator: "\n").first,
                let found = address(String(line))
            {
                self.address = found
                return
            }
            guard process.isRunning else {
                throw Silent(errors: streams.text(of: "errors") ?? "")
            }
            usleep(1000)
        }
    }

    deinit {
        // Not asked to: threads of tests block the signals that ask, and a child inherits that.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// A server that has ended without a word.
    struct Silent: Error {
        let errors: String
    }
}

/// What curl says to its arguments.
func curl(_ arguments: String...) throws -> String { try curl(arguments) }

/// What curl says to its arguments.
func curl(_ arguments: [String]) throws -> String {
    let streams = try Scratch(["output": ""])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
        ["curl", "--silent", "--max-time", "20", "--noproxy", "*"] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: "\(streams.path)/output")
    try process.run()
    process.waitUntilExit()
    return streams.text(of: "output") ?? ""
}
