// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The library that patches a program from within.
enum PreloadLibrary {
    /// Where it is: beside the tool, or in the `lib` beside its folder.
    ///
    /// - Throws: ``RunError`` if it is in neither, or where the dynamic linker cannot be told of.
    static func path() throws -> String {
        let tool = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: tool).deletingLastPathComponent()
        let places = [folder, folder.deletingLastPathComponent().appendingPathComponent("lib")]
            .map { $0.appendingPathComponent("libGeventPreload.so").path }
        guard let path = places.first(where: FileManager.default.isReadableFile) else {
            throw RunError(
                "libGeventPreload.so is not beside the tool, nor in the lib folder next to it: "
                    + places.joined(separator: ", "))
        }
        // LD_PRELOAD is a list, and has no way to quote.
        guard !path.contains(where: { $0 == ":" || $0.isWhitespace }) else {
            throw RunError(
                "a library cannot be preloaded from a path with blanks or colons: \(path)")
        }
        return path
    }
}

/// Why a program cannot be run patched.
struct RunError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
