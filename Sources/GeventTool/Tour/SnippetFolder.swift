// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where the programs of the guide are: beside this one, where the build puts both.
struct SnippetFolder {
    private let folder: String

    /// The folder of the running program.
    init() throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        folder = (program as NSString).deletingLastPathComponent
    }

    /// Those of `names` that were not built.
    func missing(of names: [String]) -> [String] {
        names.filter { !FileManager.default.isExecutableFile(atPath: path(of: $0)) }
    }

    /// Runs a program to its end; its output goes where ours does.
    ///
    /// - Returns: Its exit status, or minus the signal that ended it.
    func run(_ name: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path(of: name))
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        Terminal.flush()
        try process.run()
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? status : -status
    }

    private func path(of name: String) -> String { "\(folder)/\(name)" }
}
