// SPDX-License-Identifier: Apache-2.0
package import GeventSystem

/// What a server takes its work from: a listener, or a socket that receives datagrams.
///
/// The seam at which a server runs over something else than the kernel's sockets.
package protocol ServerSource: AnyObject {
    /// Where it listens; `nil` while it does not.
    var address: SocketAddress? { get }

    /// Whether handlers go on using it, so that it is closed after them.
    var isUsedByHandlers: Bool { get }

    /// Whether what waits in it would be lost to another server that could serve it.
    var sharesPort: Bool { get }

    /// Begins to listen, unless it does already.
    ///
    /// > Suspends: When it has to look up a name.
    func begin() throws

    /// Stops listening.
    func close()

    /// Keeps others from taking from it, until ``giveTurn()``.
    func takeTurn() throws

    /// Lets others take from it.
    func giveTurn()

    /// Lets other greenlets run if this has gone on for long without a wait.
    ///
    /// > Suspends: Now and then.
    func shareTime() throws

    /// Takes the next piece of work, without waiting for it; `nil` if there is none.
    func next() throws -> ServerJob?

    /// Waits until there may be one.
    ///
    /// > Suspends: When there is none.
    func wait() throws
}

/// A connection, or a datagram, that somebody has to handle.
package struct ServerJob {
    /// Who has sent it.
    let peer: SocketAddress
    /// Handles it; letting go of it instead closes the connection.
    let run: () throws -> Void

    /// Work from `peer`, which `run` does.
    package init(peer: SocketAddress, run: @escaping () throws -> Void) {
        self.peer = peer
        self.run = run
    }
}
