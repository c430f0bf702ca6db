// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem

/// An address where connecting hangs: the queue of its listener is full.
///
/// Linux drops the first packet of a connection for which there is no place, as if the host were
/// not there; the other side tries again after a second.
final class SilentHost {
    private let listener: TCPListener
    private let first: TCPStream

    var address: SocketAddress { listener.address }

    init() throws {
        listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 0)
        // A backlog of zero has one place.
        first = try TCPStream(to: listener.address)
    }
}
