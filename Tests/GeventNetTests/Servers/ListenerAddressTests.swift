// SPDX-License-Identifier: Apache-2.0
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ListenerAddressTests {
    @Test(arguments: [
        (":8080", "*:8080"), ("*:0", "*:0"), ("8080", "*:8080"), ("127.0.0.1:80", "127.0.0.1:80"),
        ("[::1]:80", "[::1]:80"), ("[::]:65535", "[::]:65535"), ("0.0.0.0:1", "0.0.0.0:1"),
        ("localhost:80", "localhost:80"), ("unix:/run/a.sock", "unix:/run/a.sock"),
        ("unix:@name", "unix:@name"), ("unix:relative", "unix:relative"), ("007:080", "007:80"),
        ("unix:\u{301}", "unix:\u{301}"), ("unix:@\u{301}", "unix:@\u{301}"),
    ])
    func `reads what people write`(text: String, printed: String) throws {
        let address = try ListenerAddress(text)

        #expect(address.description == printed)
        #expect(try ListenerAddress(address.description) == address)
    }

    @Test(arguments: [
        ("", "its port"), ("localhost", "it has no port"), (":", "its port"), ("host:", "its port"),
        ("host:65536", "its port"), ("host:-1", "its port"), ("host:+1", "its port"),
        ("host: 1", "its port"), (":8a", "its port"), ("99999", "its port"),
        ("::1", "an IPv6 address"), ("fe80::1:80", "an IPv6 address"), ("[::1", "between brackets"),
        ("[::1]", "its port"), ("[::1]80", "its port"), ("[localhost]:80", "between brackets"),
        ("[127.0.0.1]:80", "between brackets"), ("::1]:80", "between brackets"),
        ("http://host:80", "an IPv6 address"), ("a b:80", "its host"), ("a/b:80", "its host"),
        ("user@host:80", "its host"), ("unix:", "it names no socket"),
        ("unix:@", "it names no socket"), ("unix:a\0b", "Invalid argument"),
        ("unix:/" + String(repeating: "x", count: 107), "File name too long"),
        ("a:\u{301}:80", "an IPv6 address"), ("[::1]\u{301}:80", "between brackets"),
        ("[\u{301}::1]:80", "between brackets"),
    ])
    func `says what is wrong with a text`(text: String, reason: String) {
        #expect {
            try ListenerAddress(text)
        } throws: { error in
            guard let error = error as? ListenerAddressError else { return false }
            return error.text == text && error.reason.contains(reason)
                && error.description.contains(error.reason)
        }
    }

    @Test func `takes an abstract name for one whatever it begins with`() throws {
        let address = try SocketAddress(abstractName: Array("\u{301}".utf8))

        #expect(try ListenerAddress(address.description) == ListenerAddress(address))
    }

    @Test func `is every address of the machine for both families without a host`() throws {
        let peers = try onHub {
            let server = try StreamServer(":0") { stream, address in
                try stream.write("\(address.host ?? "")\n")
            }
            try server.start()
            let four = try TCPStream(to: .loopback(.ipv4, port: server.port)).readLine()
            let six = try TCPStream(to: .loopback(.ipv6, port: server.port)).readLine()
            try server.stop()
            return [four, six]
        }

        #expect(peers == ["::ffff:127.0.0.1", "::1"])
    }

    @Test func `fails to start for a host that does not exist`() throws {
        let error = try onHub {
            let server = try StreamServer("does-not-exist.invalid:80") { _, _ in }
            return (errorOf { try server.start() } is LookupError, server.isStarted)
        }

        #expect(error == (true, false))
    }
}
