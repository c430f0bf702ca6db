// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file that has its name only once it is complete.
///
/// Until then its bytes are in a file beside it, which goes when this does.
final class PartialFile {
    private let path: String
    private let partialPath: String
    private let handle: FileHandle
    private var isComplete = false

    /// How many bytes were written.
    private(set) var byteCount = 0

    /// Begins a file `name` in the folder `folder`.
    init(_ name: String, in folder: String) throws {
        path = "\(folder)/\(name)"
        partialPath = "\(folder)/.\(name).\(getpid()).part"
        let url = URL(fileURLWithPath: partialPath)
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
    }

    deinit {
        try? handle.close()
        // What cannot be removed is at least not under the final name.
        if !isComplete { try? FileManager.default.removeItem(atPath: partialPath) }
    }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws {
        try handle.write(contentsOf: Data(bytes))
        byteCount += bytes.count
    }

    /// Gives the file its name, in place of an older one.
    func finish() throws {
        try handle.close()
        // SAFETY: both paths are read during the call only.
        guard unsafe rename(partialPath, path) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        isComplete = true
    }
}
