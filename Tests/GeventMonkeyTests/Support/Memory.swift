// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventSystem

/// What of the process's memory belongs to one file.
struct MappedFile: Equatable {
    struct Part: Equatable {
        let range: Range<UInt>
        let protection: String
        let bytes: [UInt8]
    }

    let parts: [Part]

    /// As /proc shows it, and as it is.
    init(_ path: String) throws {
        let text = String(decoding: try WholeFile.bytes(of: "/proc/self/maps"), as: UTF8.self)
        parts = text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 6, words[5] == path else { return nil }
            let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            let bytes = unsafe UnsafeRawBufferPointer(
                start: UnsafeRawPointer(bitPattern: ends[0]), count: Int(ends[1] - ends[0]))
            let isReadable = words[1].hasPrefix("r")
            return Part(
                range: ends[0]..<ends[1], protection: String(words[1]),
                bytes: isReadable ? unsafe Array(bytes) : [])
        }
    }

    var protections: [String] { parts.map(\.protection) }
}
