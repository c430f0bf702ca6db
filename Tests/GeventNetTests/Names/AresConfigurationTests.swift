// SPDX-License-Identifier: Apache-2.0
#if CAres
import Foundation
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

/// Files in place of `/etc/resolv.conf`.
@Suite struct AresConfigurationTests {
    @Test(arguments: [
        ("search one.test two.test\n", ["host.one.test"]),
        ("domain one.test\n", ["host.one.test"]),
        ("domain two.test\nsearch one.test\n", ["host.one.test"]),
        ("  # nothing\n;\n\nsearch\tone.test\t\n", ["host.one.test"]),
        ("search one.test\noptions ndots:0 unknown: timeout:x rotate\n", ["host"]),
        ("nameserver\nnameserver nonsense\nnameserver ::1\nsearch one.test", ["host.one.test"]),
        (String(repeating: "x", count: 5000) + "\nsearch one.test\n", ["host.one.test"]),
        ("\0\0\n\u{FF}\nsearch one.test\n", ["host.one.test"]),
    ])
    func `reads what it can of an odd file`(text: String, asked: [String]) throws {
        let path = NSTemporaryDirectory() + "resolv.conf-\(UUID())"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        // SAFETY: the path is lent for the call.
        defer { unsafe unlink(path) }
        let names = try onHub {
            let server = try ForgedServer()
            defer { server.close() }
            var options = AresResolver.Options.asking(server)
            options.domains = nil
            options.configuration = path
            let resolver = try AresResolver(options)
            _ = try resolver.addresses(of: "host", port: 0, family: .ipv4)
            return server.queries.map(\.name)
        }

        #expect(names == asked)
    }

    @Test func `takes no text that would be cut at a zero byte`() {
        var domains = AresResolver.Options()
        domains.domains = ["one.test\0.example"]
        var path = AresResolver.Options()
        path.configuration = "/etc/resolv.conf\0.mine"

        for options in [domains, path] {
            let error = #expect(throws: LookupError.self) { try AresResolver(options) }
            #expect(error?.reason?.description.contains("zero") == true)
        }
    }

    @Test(arguments: [Duration.seconds(Int64.min), .seconds(-1), .zero, .seconds(Int64.max)])
    func `takes any limit in time`(timeout: Duration) throws {
        var options = AresResolver.Options()
        options.timeout = timeout

        #expect(try AresResolver(options).options.timeout == timeout)
    }

    @Test func `says at once that it cannot do with a server`() {
        var options = AresResolver.Options()
        options.servers = [SocketAddress("fe80::1%lo", port: 53) ?? .any(port: 53)]

        #expect(throws: LookupError.self) { _ = try AresResolver(options) }
    }
}
#endif
