// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import GeventSystem

/// Two connected sockets with the few calls that the tests of the poller make.
struct Sockets: ~Copyable {
    let ends: SocketPair

    init() throws {
        ends = try SocketCalls.openPair()
    }

    var near: Int32 {
        ends.first.number
    }

    var far: Int32 {
        ends.second.number
    }

    /// Makes the near end readable.
    func sendFromFar() throws {
        let byte: [UInt8] = [1]
        // SAFETY: bytes have no padding.
        _ = unsafe try Transfer.send(far, byte.span.bytes)
    }
}

/// The token of each event and its readiness, in order of delivery.
typealias Report = (token: PollToken, readiness: Readiness)
