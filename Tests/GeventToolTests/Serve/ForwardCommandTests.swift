// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent
import GeventTestSupport
import Testing

@testable import GeventTool

@Suite(.tags(.slow)) struct ForwardCommandTests {
    private static func forwarding(
        _ listen: String, to target: String, timeout: String = "10"
    ) throws -> RunningTool {
        try RunningTool(["forward", listen, target, "--timeout", timeout]) { line in
            line.components(separatedBy: " ").dropFirst().first
        }
    }

    @Test func `lets curl read a site behind a Unix socket`() throws {
        let scratch = try Scratch(["site/a.txt": "behind"])
        let socket = "unix:\(scratch.path)/s"
        let site = try RunningTool(["serve", "\(scratch.path)/site", "--listen", socket]) { $0 }
        let tool = try Self.forwarding("127.0.0.1:0", to: socket)

        #expect(try curl("http://\(tool.address)/a.txt") == "behind")
        withExtendedLifetime(site) {}
    }

    @Test func `passes on the end of either way by itself`() throws {
        let text = try onHub {
            let server = try StreamServer("127.0.0.1:0") { stream, _ in
                var received = 0
                while true {
                    let bytes = try stream.read(upTo: 65_536)
                    if bytes.isEmpty { break }
                    received += bytes.count
                }
                try stream.write("received \(received)")
            }
            try server.start()
            let tool = try Self.forwarding("127.0.0.1:0", to: "127.0.0.1:\(server.port)")
            let port = UInt16(tool.address.split(separator: ":").last ?? "") ?? 0
            let client = try TCPStream(host: "127.0.0.1", port: port)
            try client.write([UInt8](repeating: 7, count: 3_000_000))
            try client.shutdownWrite()
            var answer: [UInt8] = []
            while case let bytes = try client.read(upTo: 100), !bytes.isEmpty { answer += bytes }
            client.close()
            try server.stop()
            return String(decoding: answer, as: UTF8.self)
        }

        #expect(text == "received 3000000")
    }

    @Test func `closes a connection whose target does not answer, and goes on`() throws {
        let ends = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let port = listener.port
            listener.close()
            let tool = try Self.forwarding("127.0.0.1:0", to: "127.0.0.1:\(port)")
            let address = UInt16(tool.address.split(separator: ":").last ?? "") ?? 0
            return try (0..<2).map { _ in
                try TCPStream(host: "127.0.0.1", port: address).read(upTo: 1).isEmpty
            }
        }

        #expect(ends == [true, true])
    }

    @Test(arguments: [
        ("host:80", "host:80"), ("[::1]:80", "[::1]:80"), (":80", "localhost:80"),
        ("unix:/a", "unix:/a"), ("unix:@a", "unix:@a"),
    ])
    func `reads a target`(text: String, printed: String) throws {
        #expect(try ForwardTarget(text).description == printed)
    }

    @Test(arguments: ["host", "host:0", "host:x", "::1:80", "", "unix:"])
    func `refuses what names no target`(text: String) throws {
        let tool = try Tool(["forward", "127.0.0.1:0", text])

        #expect(tool.status != 0)
        #expect(tool.errors.contains("target") || tool.errors.contains("path"))
    }
}
