// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS
package import GeventSystem

// Plain text.
extension TLSEngine {
    /// Plain text that was read, and what the read came to.
    package struct Plain: Sendable {
        /// `done` if there are bytes.
        package let step: Step
        /// The bytes.
        package let bytes: [UInt8]
    }

    /// Whether a read is worth a try: without, it would want input.
    package var mayRead: Bool { unsafe gv_tls_may_read(handle) != 0 }

    /// Reads plain text, as far as what has arrived makes some.
    ///
    /// - Parameters:
    ///   - limit: The most bytes; no more than the room has place for are read.
    ///   - room: Where they go first.
    /// - Returns: The bytes, if the step is `done`.
    /// - Throws: ``TLSError``: `truncated` if what has arrived ends without the peer's word.
    package func read(upTo limit: Int, by room: ReceiveRoom) throws -> Plain {
        var step = Step.done
        let bytes = unsafe try room.fill(upTo: limit) { memory in
            var filled = 0
            // SAFETY: OpenSSL fills the room from its beginning and says how far.
            step = unsafe try self.step(
                gv_tls_read(handle, memory.baseAddress, memory.count, &filled))
            return filled
        }
        return Plain(step: step, bytes: bytes)
    }

    /// Reads plain text into `room`.
    ///
    /// - Parameters:
    ///   - room: Where the bytes go, from its beginning.
    ///   - count: How many bytes there are, if the step is `done`.
    /// - Returns: What the read came to.
    /// - Throws: ``TLSError``: `truncated` if what has arrived ends without the peer's word.
    package func read(into room: inout MutableRawSpan, count: inout Int) throws -> Step {
        let answer = unsafe room.withUnsafeMutableBytes { room in
            // SAFETY: OpenSSL writes at most the room it is lent for the call.
            unsafe gv_tls_read(handle, room.baseAddress, room.count, &count)
        }
        return try step(answer)
    }

    /// Encrypts plain text, to be sent with the rest of the output.
    ///
    /// - Returns: How many bytes of it, at least one and at most a record's.
    package func write(_ bytes: RawSpan) throws -> Int {
        var count = 0
        // SAFETY: OpenSSL reads the bytes during the call only.
        let answer = unsafe bytes.withUnsafeBytes { bytes in
            unsafe gv_tls_write(handle, bytes.baseAddress, bytes.count, &count)
        }
        guard try step(answer) == .done else {
            throw TLSError(.handshakeFailed, reason: "a write needs something from the peer")
        }
        return count
    }
}

// Records, as they come from the peer and go to it.
extension TLSEngine {
    /// Takes what has arrived.
    package func feed(_ bytes: [UInt8]) throws {
        // SAFETY: the bytes are copied by the call.
        let isTaken = unsafe bytes.withUnsafeBytes { bytes in
            unsafe gv_tls_feed(handle, bytes.baseAddress, bytes.count)
        }
        guard isTaken == 1 else {
            throw TLSError(.handshakeFailed, reason: "no memory for what has arrived")
        }
    }

    /// Notes that nothing more will arrive.
    package func feedEnd() {
        unsafe gv_tls_feed_end(handle)
    }

    /// Gives back what the larger records have taken, before a wait that may be long.
    package func trim() { unsafe gv_tls_trim(handle) }

    /// How many bytes are to be sent.
    package var outputCount: Int { unsafe gv_tls_output_count(handle) }

    /// Takes all that is to be sent.
    ///
    /// - Parameter room: Where it goes first, if there is place for all of it.
    /// - Returns: The bytes.
    package func takeOutput(by room: ReceiveRoom) -> [UInt8] {
        let count = outputCount
        // SAFETY: either call fills what it is lent from its beginning and says how far.
        if count <= ReceiveRoom.byteCount {
            return unsafe room.fill(upTo: count) { memory in
                unsafe gv_tls_take_output(handle, memory.baseAddress, memory.count)
            }
        }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            unsafe filled = gv_tls_take_output(handle, room.baseAddress, room.count)
        }
    }

    /// Takes what has arrived and belongs to no record that was read.
    package func takeSurplus() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: gv_tls_input_count(handle)) { room, filled in
            // SAFETY: the call fills the room from its beginning and says how far.
            unsafe filled = gv_tls_take_input(handle, room.baseAddress, room.count)
        }
    }
}
