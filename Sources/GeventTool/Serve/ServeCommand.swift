// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Gevent

/// Serves a folder over HTTP.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the files of a folder over HTTP/1.1.",
        discussion: """
            A folder is shown as its index.html, or as a list. What lies outside of the folder is \
            not served, whatever links lead there, nor are names that begin with a dot.
            """)

    private static let inherited = "inherited"

    @Argument(help: "The folder.")
    var path = "."

    @Option(
        help: """
            Where to listen: :8000, 127.0.0.1:8000, [::1]:8000 or unix:/path; "inherited" takes the \
            sockets that the service manager passes on (LISTEN_FDS).
            """)
    var listen = "127.0.0.1:8000"

    @Option(help: "How many connections are served at once; others wait.")
    var maxConnections = 1000

    @Flag(name: .shortAndLong, help: "Print a line for each request.")
    var verbose = false

    func validate() throws {
        guard (1...1_000_000).contains(maxConnections) else {
            throw ValidationError("--max-connections takes a number from 1 to 1000000.")
        }
        if listen == Self.inherited { return }
        do { _ = try ListenerAddress(listen) } catch { throw ValidationError("\(error).") }
    }

    func run() throws {
        let site = try StaticSite(path)
        let servers = try servers(of: site)
        guard let first = servers.first else {
            throw ValidationError("no socket was passed on: LISTEN_FDS and LISTEN_PID say nothing.")
        }
        for server in servers { try server.start() }
        let addresses = servers.map { $0.address?.description ?? listen }
        print("serving \(site.root) on \(addresses.joined(separator: ", "))")
        Terminal.flush()
        try first.serveForever()
    }

    private func servers(of site: StaticSite) throws -> [StreamServer] {
        let isVerbose = verbose
        let handler: StreamServer.Handler = { stream, peer in
            let connection = SiteConnection(site, on: stream)
            if isVerbose { connection.log = { print("\(peer) \($0)") } }
            try connection.serve()
        }
        guard listen == Self.inherited else {
            return [
                try StreamServer(listen, backlog: 1024, maxConnections: maxConnections, handler)
            ]
        }
        return try inheritedListeners().map { socket in
            try StreamServer(attaching: socket.take(), maxConnections: maxConnections, handler)
        }
    }
}
