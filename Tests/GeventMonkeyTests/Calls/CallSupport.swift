// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import GeventCore
import GeventMonkey
import GeventSystem
import GeventTestSupport
import Glibc

/// `onHub`, for calls of C that wait by the hooks.
func onPatchedHub<Value>(
    _ needs: HubNeeds = [], _ body: @escaping @Sendable () throws -> Value
) throws -> Value {
    PatchHooks.install()
    return try onHub(needs, body)
}

/// What a call of C has answered, and the error number it left.
struct CallOutcome: Equatable, Sendable, CustomStringConvertible {
    var answer: Int
    var error: Int32

    init(_ answer: Int, error: Int32) { (self.answer, self.error) = (answer, error) }

    /// Makes the call, which finds another error number in place.
    init(_ call: () -> Int32) {
        errno = 77
        answer = Int(call())
        error = errno
    }

    var description: String { "\(answer), errno \(error)" }
}

/// The text that a probe writes.
@safe func text(_ write: (UnsafeMutablePointer<CChar>?) -> Void) -> String {
    // SAFETY: as much room as probes may fill, and zeros behind what they write.
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(GV_PROBE_TEXT)) { room in
        unsafe room.initialize(repeating: 0)
        unsafe write(room.baseAddress)
        return unsafe room.baseAddress.map { unsafe String(cString: $0) } ?? ""
    }
}

/// A file that is gone with this.
final class ScratchFile: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/gevent-scratch-XXXXXX".utf8CString)
        // SAFETY: a template that ends with a zero.
        let descriptor = unsafe gv_probe_make_file(&template)
        precondition(descriptor >= 0, "no scratch file")
        close(descriptor)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = unsafe unlink(path) }

    /// The file, opened once more.
    func open() -> Int32 { unsafe Glibc.open(path, O_RDWR | O_CLOEXEC) }
}

/// Both ends of a pipe; a byte opens the gate.
struct Gate: Sendable {
    let reader: Int32
    let writer: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // SAFETY: room for both numbers.
        let made = unsafe gv_probe_pipe(&ends)
        precondition(made == 0, "no pipe")
        (reader, writer) = (ends[0], ends[1])
    }

    func open() {
        var byte: UInt8 = 1
        // SAFETY: one byte of one byte.
        let count = unsafe write(writer, &byte, 1)
        precondition(count == 1, "the gate is broken")
    }

    func close() {
        Glibc.close(reader)
        Glibc.close(writer)
    }
}

/// Counts the turns that others were given while a body ran.
func countTurns(of body: () throws -> Void) rethrows -> Int {
    let count = Count()
    let ticker = spawn {
        while true {
            count.value += 1
            try sleep(.milliseconds(1))
        }
    }
    try body()
    GeventCore.kill(ticker)
    return count.value
}

/// A number that greenlets of one hub share.
final class Count: @unchecked Sendable {
    // SAFETY: used on the thread of one hub.
    var value = 0
}
