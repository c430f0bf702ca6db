// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// The file of a Unix socket: which one a path named when it was made.
package struct SocketPath: Hashable, Sendable {
    private let path: String
    private let device: UInt
    private let file: UInt
    private let isSocket: Bool

    /// Notes which file a path names now.
    ///
    /// - Throws: ``SystemError`` `ENOENT` when there is none.
    ///
    /// Call: `lstat`.
    package init(_ path: String) throws(SystemError) {
        var (device, file, isSocket) = (UInt(0), UInt(0), Int32(0))
        // SAFETY: the path ends with a zero; the call writes three numbers to three locals.
        let answer = unsafe gv_path_identify(path, &device, &file, &isSocket)
        if answer < 0 { throw SystemError(call: "lstat", code: Int32(-answer), note: path) }
        self.path = path
        self.device = device
        self.file = file
        self.isSocket = isSocket != 0
    }

    /// Removes the file if the path still names it.
    ///
    /// Call: `unlink`.
    package func remove() {
        // Gone, replaced, or not ours to remove: then it is nobody's loss that it stays.
        guard let now = try? SocketPath(path), now == self else { return }
        // SAFETY: the path ends with a zero and is read during the call only.
        _ = unsafe gv_path_remove(path)
    }

    /// Removes the socket at a path address if nobody listens on it.
    ///
    /// - Throws: ``SystemError`` when the kernel has no socket to ask with.
    ///
    /// Call: `connect`, `unlink`.
    package static func removeIfDead(_ address: SocketAddress) throws(SystemError) {
        guard let path = address.unixPath, let found = try? SocketPath(path), found.isSocket else {
            return
        }
        let probe = try SocketCalls.open(.unix, .stream)
        do {
            _ = try SocketCalls.connect(probe.number, to: address)
        } catch  where error.code == ECONNREFUSED {
            found.remove()
        } catch {
            // Somebody has it, or it is out of reach: `bind` says so.
        }
    }

    /// Changes who may use the file; `nil` leaves it.
    ///
    /// - Throws: ``SystemError`` `EPERM`, `ENOENT`.
    ///
    /// Call: `chmod`.
    package static func chmod(_ path: String, _ mode: UInt32?) throws(SystemError) {
        guard let mode else { return }
        // SAFETY: the path ends with a zero and is read during the call only.
        let answer = unsafe gv_path_change_mode(path, mode)
        if answer < 0 { throw SystemError(call: "chmod", code: Int32(-answer), note: path) }
    }
}
