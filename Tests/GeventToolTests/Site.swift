// SPDX-License-Identifier: Apache-2.0
import Gevent
import GeventCore
import GeventTestSupport

/// A server that the tool talks to, on a hub of the tests; it notes what it is asked.
final class Site {
    /// What it does with a request, whose number among all begins with 1.
    typealias Answer = (_ path: String, _ number: Int, _ stream: TCPStream) throws -> Void

    private let listener: TCPListener
    private let answer: Answer
    private var paths: [String] = []

    private init(_ answer: @escaping Answer) throws {
        listener = try TCPListener(host: "127.0.0.1", port: 0)
        self.answer = answer
    }

    /// Runs the tool while the server is there; `SITE` in its arguments and input is the address.
    ///
    /// - Returns: What came of it, and the paths that were asked for, in order.
    static func visit(
        _ arguments: [String], input: String = "", answer: @escaping @Sendable () -> Answer
    ) throws -> (tool: Tool, paths: [String]) {
        try onHub {
            let site = try Site(answer())
            spawn(site.run)
            let address = "http://127.0.0.1:\(site.listener.port)"
            let tool = try Offload(name: "test-tool", limit: 1).run {
                try Tool(
                    arguments.map { $0.replacing("SITE", with: address) },
                    input: input.replacing("SITE", with: address))
            }
            return (tool, site.paths)
        }
    }

    private func run() throws {
        while true {
            let stream = try listener.accept()
            spawnRaw { [self] in
                defer { stream.close() }
                guard let line = try stream.readLine() else { return }
                while let field = try stream.readLine(), !field.isEmpty {}
                let path = "\(line.split(separator: " ")[1])"
                paths.append(path)
                // A tool that has gone is part of some tests.
                try? answer(path, paths.count, stream)
            }
        }
    }
}

extension TCPStream {
    /// Writes a whole answer.
    func send(_ status: String, _ body: String = "") throws {
        try write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
}
