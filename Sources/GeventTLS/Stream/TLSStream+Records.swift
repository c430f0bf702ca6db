// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSync
internal import GeventSystem

// Between the engine, which never waits, and the stream below. The engine is used between waits
// only, so no call of it meets another one.
extension TLSStream {
    /// More than this of answers to the peer is not kept back.
    private static let mostAnswers = 65_536

    /// What is asked of the stream below at once: a record of the largest size.
    private static let recordSize = 16_384 + 256 + 5

    /// Waits for bytes from the peer, and gives them to the engine.
    func takeIn(_ limit: Limit) throws {
        transport.timeout = limit.remaining
        engine.trim()
        let bytes: [UInt8]
        do { bytes = try transport.read(upTo: Self.recordSize) } catch is SocketTimeoutError {
            throw late("read")
        }
        if isClosed { throw SystemError.closed("read") }
        if bytes.isEmpty { engine.feedEnd() } else { try engine.feed(bytes) }
    }

    /// Sends all that the engine has made, in that order.
    ///
    /// > Suspends: While another greenlet sends, and when there is no room for all of it.
    func flush(_ limit: Limit) throws {
        guard engine.outputCount > 0 else { return }
        guard try sending.acquire(timeout: limit.remaining) else { throw late("write") }
        defer { sending.release() }
        // What is made meanwhile goes along: who made it may have left it to this one.
        while engine.outputCount > 0 {
            if isClosed { throw SystemError.closed("write") }
            if let sendingFailure { throw sendingFailure }
            let bytes = engine.takeOutput(by: room)
            transport.timeout = limit.remaining
            do { try transport.write(bytes) } catch {
                // Part of a record may have gone: nothing that follows would be understood.
                sendingFailure = lasting(error)
                throw error is SocketTimeoutError ? late("write") : error
            }
        }
    }

    /// Sends what the engine made while it read, such as a refusal to negotiate anew.
    ///
    /// Whoever sends already takes it along. A reader that waited for room would keep two peers,
    /// each of which fills the other's buffers, from ever getting any.
    func answer(_ limit: Limit) throws {
        guard engine.outputCount > 0, sendingFailure == nil else { return }
        if sending.isLocked && engine.outputCount < Self.mostAnswers { return }
        do { try flush(limit) } catch is SystemError {
            // The writer is told. What the peer has sent before it went is still to be read.
        }
    }
}
