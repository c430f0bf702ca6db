// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Gevent

/// Passes connections on to another address.
struct ForwardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forward",
        abstract: "Passes connections on to another address, both ways.",
        discussion: """
            Either address may be of TCP or of a Unix socket: gevent forward :8080 \
            unix:/run/app.sock
            """)

    @Argument(help: "Where to listen: :8000, 127.0.0.1:8000, [::1]:8000 or unix:/path.")
    var listen: String

    @Argument(help: "Where to: host:80, [::1]:80, unix:/path or unix:@name.")
    var target: String

    @Option(help: "How many seconds the target has to answer a new connection.")
    var timeout = 10.0

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout takes seconds, more than 0 and at most a day.")
        }
        do {
            _ = try ListenerAddress(listen)
            _ = try ForwardTarget(target)
        } catch { throw ValidationError("\(error).") }
    }

    func run() throws {
        let target = try ForwardTarget(target)
        let patience = Duration.seconds(timeout)
        let server = try StreamServer(listen, backlog: 1024) { client, peer in
            do {
                let stream = try target.connect(timeout: patience)
                defer { stream.close() }
                try Self.exchange(client, stream)
            } catch let error where !(error is GreenletExit) {
                Terminal.writeError("\(peer): \(error)\n")
            }
        }
        try server.start()
        print("forwarding \(server.address?.description ?? listen) to \(target)")
        Terminal.flush()
        try server.serveForever()
    }

    /// Moves bytes both ways until both have ended; the end of one way is passed on.
    static func exchange(_ one: any ByteStream, _ other: any ByteStream) throws {
        let back = spawn { try pass(from: other, to: one) }
        defer { kill(back) }
        let there = spawn { try pass(from: one, to: other) }
        defer { kill(there) }
        // Where one way breaks, the other has nobody to speak to.
        try joinAll([back, there], raiseError: true)
    }

    private static func pass(from source: any ByteStream, to destination: any ByteStream) throws {
        try copy(from: source, to: destination)
        do { try destination.shutdownWrite() } catch is SystemError {
            // It has gone already, and needs no telling.
        }
    }
}
