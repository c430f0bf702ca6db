// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// An open descriptor with one owner, closed when the owner lets go.
///
/// Every descriptor made here is non-blocking and closed on `exec`. Calls take the number, which is
/// lent: it means this descriptor only as long as the owner lives.
package struct Descriptor: ~Copyable, Sendable {
    /// The number to lend to calls.
    package let number: Int32

    /// Takes over a number that is non-blocking and closed on `exec` already.
    ///
    /// - Parameter number: An open descriptor that nobody else closes.
    package init(owning number: Int32) {
        assert(number >= 0, "a descriptor's number is never negative")
        self.number = number
    }

    /// Takes over a foreign number and makes it non-blocking and closed on `exec`.
    ///
    /// The number is not closed when this fails: it is still the caller's.
    ///
    /// - Throws: ``SystemError`` `EBADF` when the number is not open.
    ///
    /// Call: `fcntl`.
    package init(adopting number: Int32) throws(SystemError) {
        let flags = try Retry.onInterrupt("fcntl") { gv_descriptor_get_flags(number) }
        if Int32(flags) & O_NONBLOCK == 0 {
            try Retry.onInterrupt("fcntl") {
                gv_descriptor_set_flags(number, Int32(flags) | O_NONBLOCK)
            }
        }
        try Retry.onInterrupt("fcntl") { gv_descriptor_set_close_on_exec(number) }
        self.number = number
    }

    deinit {
        _ = gv_descriptor_close(number)
    }

    /// Closes now and says how that went.
    ///
    /// The number is free afterwards, also when this throws: the kernel gives it back in any case,
    /// and `EINTR` is no failure.
    ///
    /// - Throws: ``SystemError`` for data that could not be written (`EIO`, `ENOSPC`, `EDQUOT`).
    ///
    /// Call: `close`.
    package consuming func close() throws(SystemError) {
        let number = number
        discard self
        try Retry.never("close") { gv_descriptor_close(number) }
    }

    /// Gives the number away without closing it.
    ///
    /// - Returns: The number, which the caller closes.
    package consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// A second descriptor of the open file that a foreign number stands for.
    ///
    /// - Throws: ``SystemError`` `EBADF` when the number is not open, `EMFILE`.
    ///
    /// Call: `fcntl` with `F_DUPFD_CLOEXEC`.
    package init(duplicating number: Int32) throws(SystemError) {
        let copy = try Retry.onInterrupt("fcntl") { gv_descriptor_duplicate(number) }
        self.init(owning: Int32(copy))
    }

    /// A second descriptor of the same open file.
    ///
    /// - Throws: ``SystemError`` `EMFILE` when the process has no number left.
    ///
    /// Call: `fcntl` with `F_DUPFD_CLOEXEC`.
    package func duplicate() throws(SystemError) -> Descriptor {
        let copy = try Retry.onInterrupt("fcntl") { gv_descriptor_duplicate(number) }
        return Descriptor(owning: Int32(copy))
    }
}

extension Descriptor {
    /// Has a foreign number closed on `exec`.
    ///
    /// - Throws: ``SystemError`` `EBADF` when it is not open, with the number as note.
    ///
    /// Call: `fcntl` with `F_SETFD`.
    package static func closeOnExec(_ number: Int32) throws(SystemError) {
        do {
            try Retry.onInterrupt("fcntl") { gv_descriptor_set_close_on_exec(number) }
        } catch {
            throw SystemError(call: error.call, code: error.code, note: "descriptor \(number)")
        }
    }

    /// Opens a file for reading.
    ///
    /// - Throws: ``SystemError`` `ENOENT`, `EACCES` and their like, with the path as note.
    ///
    /// Call: `open`.
    package init(opening path: String) throws(SystemError) {
        // SAFETY: the path ends with a zero and is read during the call only.
        let answer = unsafe gv_descriptor_open(path, O_RDONLY | O_NONBLOCK, 0)
        guard answer >= 0 else {
            throw SystemError(call: "open", code: Int32(-answer), note: path)
        }
        self.init(owning: Int32(answer))
    }
}
