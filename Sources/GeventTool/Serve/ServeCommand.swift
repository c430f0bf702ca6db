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

    @Argument(help: "The folder.")
    var path = "."

    @Option(help: "Where to listen: :8000, 127.0.0.1:8000, [::1]:8000 or unix:/path.")
    var listen = "127.0.0.1:8000"

    @Option(help: "How many connections are served at once; others wait.")
    var maxConnections = 1000

    @Flag(name: .shortAndLong, help: "Print a line for each request.")
    var verbose = false

    func validate() throws {
        guard (1...1_000_000).contains(maxConnections) else {
            throw ValidationError("--max-connections takes a number from 1 to 1000000.")
        }
        do { _ = try ListenerAddress(listen) } catch { throw ValidationError("\(error).") }
    }

    func run() throws {
        let site = try StaticSite(path)
        let isVerbose = verbose
        let server = try StreamServer(listen, backlog: 1024, maxConnections: maxConnections) {
            stream, peer in
            let connection = SiteConnection(site, on: stream)
            if isVerbose { connection.log = { print("\(peer) \($0)") } }
            try connection.serve()
        }
        try server.start()
        print("serving \(site.root) on \(server.address?.description ?? listen)")
        Terminal.flush()
        try server.serveForever()
    }
}
