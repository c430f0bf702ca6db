// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// A file or folder that is open for reading, and closes with the object.
final class OpenFile {
    /// What it is.
    enum Kind {
        case regular, folder, other
    }

    /// The number of the descriptor.
    let number: Int32
    /// What it is.
    let kind: Kind
    /// How many bytes a regular file has.
    let size: Int
    /// What it was opened as.
    let path: String

    /// Opens what a path leads to, without waiting for the other end of a pipe.
    ///
    /// - Throws: `SystemError`.
    init(_ path: String) throws {
        // SAFETY: the path ends with a zero and is read during the call only.
        number = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard number >= 0 else { throw SystemError(call: "open", code: errno, note: path) }
        var facts = stat()
        // SAFETY: the call fills a local.
        guard unsafe fstat(number, &facts) == 0 else {
            let code = errno
            close(number)
            throw SystemError(call: "fstat", code: code, note: path)
        }
        kind =
            switch facts.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            default: .other
            }
        size = Int(facts.st_size)
        self.path = path
    }

    deinit { close(number) }

    /// The path where it really is, without links.
    ///
    /// - Throws: What Foundation throws for a path that cannot be read.
    var location: String {
        get throws {
            try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
        }
    }
}
