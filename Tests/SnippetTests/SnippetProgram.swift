// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A snippet as the build has made it: an executable beside the bundle of the tests.
struct SnippetProgram {
    let name: String

    /// Runs it.
    ///
    /// - Parameter arguments: Those of the command line; with short sleeps unless told otherwise.
    /// - Returns: What it wrote to standard output.
    /// - Throws: ``Ended`` if it did not end well; what starting it throws.
    func run(_ arguments: [String] = ["--fast"]) throws -> String {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
        let process = Process()
        let output = Pipe()
        process.executableURL = folder.appendingPathComponent(name)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        // The seed that these tests run under is none of theirs.
        process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "GEVENT_SEED" }
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Ended(name: name, status: process.terminationStatus)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A snippet that did not end well.
    struct Ended: Error {
        let name: String
        let status: Int32
    }
}

extension String {
    /// The text with every long number replaced: an address in memory differs from run to run.
    var masked: String {
        replacing(#/[0-9]{8,}/#, with: "ID")
    }
}
