// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport

/// Answers each line with the same line.
func echo(_ stream: any ByteStream, _ address: SocketAddress) throws {
    while let line = try stream.readLine(limit: 1024) { try stream.write(line + "\n") }
}

extension BaseServer {
    /// A connection to it.
    func client() throws -> TCPStream { try TCPStream(to: .loopback(port: port)) }

    /// What it answers to a line, on a connection of its own.
    func answer(to line: String) throws -> String? {
        let stream = try client()
        defer { stream.close() }
        stream.timeout = .seconds(10)
        try stream.write(line + "\n")
        return try stream.readLine()
    }

    /// Whether nobody listens where it did.
    func refuses(_ port: UInt16) -> Bool {
        let error = errorOf { _ = try TCPStream(to: .loopback(port: port)) }
        return (error as? SystemError)?.name == "ECONNREFUSED"
    }

    /// Lets others run until so many handlers are at work.
    func untilServing(_ count: Int) throws {
        while connectionCount != count { try untilPolled() }
    }
}

/// A way to run handlers, by its name.
enum Mode: String, CaseIterable, Sendable {
    case `default`, pool, count, custom

    var spawn: ServerSpawn {
        switch self {
        case .default: .default
        case .pool: .pool(Pool(5))
        case .count: .count(5)
        case .custom: .custom { body in spawnRaw(body) }
        }
    }
}
