// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSystem

/// What a server does with a connection before its handler.
enum TLSAcceptance {
    /// A handler of plain connections that does the handshake, and has `handler` do the rest.
    static func handling(
        _ source: any TLSContextSource, _ spawn: ServerSpawn,
        _ handler: @escaping StreamServer.TLSHandler
    ) -> StreamServer.Handler {
        if case .inline = spawn {
            trap("a server that speaks TLS has to wait for its clients: it cannot spawn inline")
        }
        require(
            source.current.configuration.isServer, "a server needs a server's TLSContext")
        return { connection, peer in
            let stream = try TLSStream(server: connection, context: source.current)
            defer { stream.close() }
            do { try stream.handshake() } catch  where isOfThePeer(error) {
                let context = "the TLS handshake with \(peer)"
                Hub.current.report(Failure(context: context, error: error, spawnSite: nil))
                return
            }
            try handler(stream, peer)
        }
    }

    /// Whether it says something about the client; all else, such as an error of a choice of
    /// certificates, is the program's own.
    private static func isOfThePeer(_ error: any Error) -> Bool {
        error is TLSError || error is SystemError || error is SocketTimeoutError
    }
}
