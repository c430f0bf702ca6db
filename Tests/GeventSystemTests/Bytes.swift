// SPDX-License-Identifier: Apache-2.0

import GeventSystem

/// The transfers on arrays, as the tests want them.
enum Bytes {
    static func receive(_ fd: Int32, upTo count: Int = 64) throws -> Attempt<[UInt8]> {
        try fill(count) { (room) throws(SystemError) in try Transfer.receive(fd, into: &room) }
    }

    static func peek(_ fd: Int32, upTo count: Int = 64) throws -> Attempt<[UInt8]> {
        try fill(count) { (room) throws(SystemError) in try Transfer.peek(fd, into: &room) }
    }

    static func read(_ fd: Int32, upTo count: Int = 64) throws -> Attempt<[UInt8]> {
        try fill(count) { (room) throws(SystemError) in try Transfer.read(fd, into: &room) }
    }

    static func send(_ fd: Int32, _ bytes: [UInt8]) throws -> Attempt<Int> {
        // SAFETY: bytes have no padding.
        unsafe try Transfer.send(fd, bytes.span.bytes)
    }

    static func write(_ fd: Int32, _ bytes: [UInt8]) throws -> Attempt<Int> {
        // SAFETY: bytes have no padding.
        unsafe try Transfer.write(fd, bytes.span.bytes)
    }

    private static func fill(
        _ count: Int, _ body: (inout MutableRawSpan) throws(SystemError) -> Attempt<Int>
    ) throws -> Attempt<[UInt8]> {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        // SAFETY: bytes have no padding.
        var room = unsafe span.mutableBytes
        switch try body(&room) {
        case .done(let filled): return .done(Array(bytes.prefix(filled)))
        case .wouldBlock: return .wouldBlock
        }
    }
}
