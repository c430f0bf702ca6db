// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct UnixListenerTests {
    @Test func `talks to who connects to its path, and removes it`() throws {
        let scratch = try Scratch()
        let path = scratch.file("socket")
        let (answer, existed) = try onHub {
            let listener = try UnixListener(path: path, mode: 0o600)
            spawn { try listener.accept().write("hello\n") }
            let stream = try UnixStream(path: path)
            let answer = try stream.readLine()
            let existed = FileManager.default.fileExists(atPath: path)
            listener.close()
            return (answer, existed)
        }

        #expect(answer == "hello")
        #expect(existed)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `sets who may connect`() throws {
        let scratch = try Scratch()
        let path = scratch.file("socket")
        let mode = try onHub {
            let listener = try UnixListener(path: path, mode: 0o600)
            defer { listener.close() }
            return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }

        #expect(mode == 0o600)
    }

    @Test func `takes the place of a listener that died, and of no other`() throws {
        let scratch = try Scratch()
        let path = scratch.file("socket")
        let occupied = scratch.file("file")
        try Data("x".utf8).write(to: URL(fileURLWithPath: occupied))
        let names = try onHub {
            // Given up, so that its path stays as after a crash.
            _ = try UnixListener(path: path).detach().number
            let second = try UnixListener(path: path)
            defer { second.close() }
            return [
                errorOf { _ = try UnixListener(path: path) },
                errorOf { _ = try UnixListener(path: occupied) },
            ].map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["EADDRINUSE", "EADDRINUSE"])
        #expect(FileManager.default.fileExists(atPath: occupied))
    }

    @Test func `leaves a path alone that is another's by now`() throws {
        let scratch = try Scratch()
        let path = scratch.file("socket")
        try onHub {
            let listener = try UnixListener(path: path)
            try FileManager.default.removeItem(atPath: path)
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
            listener.close()
        }

        #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
    }

    @Test func `has abstract names, zeros among them`() throws {
        let answer = try onHub {
            let name = Array("gevent\0test \(UInt64.random(in: 0 ... .max))".utf8)
            let address = try SocketAddress(abstractName: name)
            let listener = try UnixListener(on: address)
            spawn { try listener.accept().write("hello\n") }
            return try UnixStream(to: address).readLine()
        }

        #expect(answer == "hello")
    }

    @Test func `refuses paths that no socket can have`() throws {
        let names = try onHub {
            ["/tmp/" + String(repeating: "x", count: 103), "", "/tmp/a\0b"].map { path in
                (errorOf { _ = try UnixListener(path: path) } as? SystemError)?.name
            }
        }

        #expect(names == ["ENAMETOOLONG", "EINVAL", "EINVAL"])
    }

    @Test func `lets those wait for whom there is no place in its queue`() throws {
        let (timedOut, count) = try onHub {
            let address = try SocketAddress(
                abstractName: Array("gevent full \(UInt64.random(in: 0 ... .max))".utf8))
            let listener = try UnixListener(on: address, backlog: 0)
            var streams = [try UnixStream(to: address)]
            let late = errorOf {
                streams.append(try UnixStream(to: address, timeout: .milliseconds(5)))
            }
            let waiting = spawn { try UnixStream(to: address) }
            let accepting = spawn { [try listener.accept(), try listener.accept()].count }
            _ = try waiting.get(timeout: .seconds(60))
            return (late is SocketTimeoutError, try accepting.get(timeout: .seconds(60)))
        }

        #expect(timedOut)
        #expect(count == 2)
    }
}
