// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A source file as a user of the package might write it, and what the compiler is to say of it.
struct ForeignProgram {
    enum Expectation {
        case accepted
        case refused(String)
    }

    /// Where they lie.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Programs")

    let expectation: Expectation
    private let file: URL

    /// Reads the line behind the licence, `// accepted` or `// refused: REASON`.
    init(name: String) throws {
        file = Self.folder.appendingPathComponent("\(name).swift")
        let line = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")[1]
        expectation =
            if let reason = line.split(separator: "refused: ", maxSplits: 1).dropFirst().first {
                .refused(String(reason))
            } else { .accepted }
    }

    /// Type-checks it against the modules that the tests were built with.
    ///
    /// - Returns: What the compiler says.
    func compile() throws -> String {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let products = URL(fileURLWithPath: bundle).deletingLastPathComponent()
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["swiftc", "-typecheck", "-swift-version", "6", "-I", products.path + "/Modules"]
            + ["CGeventAres", "CGeventSwitch", "CGeventSystem"].flatMap { module in
                ["-Xcc", "-fmodule-map-file=\(products.path)/\(module).build/module.modulemap"]
            } + [file.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
