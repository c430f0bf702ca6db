// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Small files that are read as a whole: certificates, keys, settings.
package enum WholeFile {
    /// The bytes of a file, which the call blocks to read.
    ///
    /// - Throws: ``SystemError`` with the path as note.
    ///
    /// Call: `open`, `read`.
    package static func bytes(of path: String) throws(SystemError) -> [UInt8] {
        let file = try Descriptor(opening: path)
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 16_384)
        while true {
            // SAFETY: the call writes into the array's own memory, lent for the call.
            let count = unsafe room.withUnsafeMutableBytes { room in
                unsafe gv_descriptor_read(file.number, room.baseAddress, room.count)
            }
            if count == -Int(EINTR) { continue }
            if count < 0 { throw SystemError(call: "read", code: Int32(-count), note: path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: room[..<count])
        }
    }
}
