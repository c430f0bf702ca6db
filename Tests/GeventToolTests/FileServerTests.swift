// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent
import GeventTestSupport
import Testing

@testable import GeventTool

@Suite struct FileServerTests {
    private static let files = [
        "plain.txt": "plain", "a folder/ünïcode & more%?#.txt": "odd name", "empty": "",
        ".git/config": "secret", ".build-x/y": "product",
    ]

    private func withServer<Value: Sendable>(
        _ body: @escaping @Sendable (FileServer, FileList) throws -> Value
    ) throws -> Value {
        let scratch = try Scratch(Self.files)
        let path = scratch.path
        defer { withExtendedLifetime(scratch) {} }
        return try onHub {
            let files = try FileList(of: path)
            let server = try FileServer(files)
            spawn(server.run)
            return try body(server, files)
        }
    }

    @Test func `lists what is neither git's nor the build's`() throws {
        let paths = try withServer { _, files in files.paths }

        #expect(paths == ["a folder/ünïcode & more%?#.txt", "empty", "plain.txt"])
    }

    @Test func `leaves links out`() throws {
        let scratch = try Scratch(["a": "a"])
        try FileManager.default.createSymbolicLink(
            atPath: "\(scratch.path)/link", withDestinationPath: "/etc/passwd")

        #expect(try FileList(of: scratch.path).paths == ["a"])
    }

    @Test func `serves every file as it is`() throws {
        let result = try withServer { server, files in
            let comparison = Comparison(files, served: server)
            try comparison.run(times: 50, concurrency: 20)
            return (comparison.equal, comparison.differences)
        }

        #expect(result.0 == 50)
        #expect(result.1 == [])
    }

    @Test(arguments: [
        ("once", "differs from the original within 4 bytes from 0 on"),
        ("on", "differs from the original within 2 bytes from 0 on"),
        ("onetwo", "differs from the original within 6 bytes from 0 on"),
        ("", "ends after 0 bytes"),
    ])
    func `says which file differs`(text: String, reason: String) throws {
        let original = try Scratch(["a": "two", "b": "same"])
        let served = try Scratch(["a": text, "b": "same"])
        let paths = (original.path, served.path)

        let differences = try onHub {
            let server = try FileServer(try FileList(of: paths.1))
            spawn(server.run)
            let comparison = Comparison(try FileList(of: paths.0), served: server)
            try comparison.run(times: 2, concurrency: 2)
            return comparison.differences
        }

        withExtendedLifetime((original, served)) {}
        #expect(differences == ["a: \(reason)"])
    }

    @Test(arguments: [
        "GET /../../../../etc/passwd HTTP/1.1", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
        "GET //etc/passwd HTTP/1.1", "GET /.git/config HTTP/1.1", "GET / HTTP/1.1",
        "GET /plain.txt/ HTTP/1.1", "GET /./plain.txt HTTP/1.1", "GET /plain.txt%00 HTTP/1.1",
        "GET /%ff HTTP/1.1",
    ])
    func `has nothing but the listed files`(request: String) throws {
        #expect(try answer(to: "\(request)\r\nHost: x\r\n\r\n") == "HTTP/1.1 404 Not Found")
    }

    @Test(arguments: [
        ("POST /plain.txt HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed"),
        ("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        ("GET /plain.txt HTTP/1.1\r\nbad name: x\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        ("GET /plain.txt HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK"),
    ])
    func `answers what it understands`(request: String, status: String) throws {
        #expect(try answer(to: request) == status)
    }

    private func answer(to request: String) throws -> String? {
        try withServer { server, files in
            let port = try server.address(of: "empty").port
            let stream = try TCPStream(host: "127.0.0.1", port: port)
            try stream.write(request)
            return try stream.readLine()
        }
    }
}
