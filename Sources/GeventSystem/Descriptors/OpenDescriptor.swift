// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A descriptor that the process has open, as the kernel lists it.
package struct OpenDescriptor: Hashable, Sendable {
    /// Its number.
    package let number: Int32
    /// What it stands for: a path, or `socket:[4711]`, `anon_inode:[eventpoll]` and their like.
    package let target: String

    /// All of the process, whoever opened them, by number.
    ///
    /// The one that the list itself takes to be read is not among them.
    ///
    /// - Throws: ``SystemError`` when `/proc/self/fd` cannot be read.
    ///
    /// Call: `opendir`, `readdir`, `readlink`.
    package static func all() throws(SystemError) -> [OpenDescriptor] {
        let path = "/proc/self/fd"
        // SAFETY: the folder is closed below, and used by this call only.
        guard let folder = unsafe opendir(path) else {
            throw SystemError(call: "opendir", code: gv_errno_get(), note: path)
        }
        defer { unsafe closedir(folder) }
        let own = unsafe dirfd(folder)
        var found: [OpenDescriptor] = []
        // SAFETY: an entry is valid until the next call; its name is copied at once.
        while let entry = unsafe readdir(folder) {
            let name = unsafe String(cString: gv_folder_entry_name(entry))
            guard let number = Int32(name), number != own else { continue }
            // One that another thread has closed since has no target any more.
            guard let target = target(of: "\(path)/\(name)") else { continue }
            found.append(OpenDescriptor(number: number, target: target))
        }
        return found.sorted { $0.number < $1.number }
    }

    private static func target(of path: String) -> String? {
        var room = [CChar](repeating: 0, count: 4096)
        // SAFETY: the call writes no more than it is told into the array's own memory.
        let count = unsafe room.withUnsafeMutableBufferPointer { room in
            unsafe room.baseAddress.map { unsafe gv_link_read(path, $0, room.count - 1) } ?? 0
        }
        return count > 0 ? KernelText.string(room) : nil
    }
}
