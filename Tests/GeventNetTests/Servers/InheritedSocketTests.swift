// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct InheritedSocketTests {
    private static func sockets(
        first: Int32 = 3, _ environment: [String: String]
    ) throws -> [InheritedSocket] {
        try Inheritance.sockets(process: 42, first: first) { environment[$0] }
    }

    @Test func `hands over a socket by its name`() throws {
        let seen = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let sockets = try Self.sockets(
                first: try listener.detach().release(),
                ["LISTEN_PID": "42", "LISTEN_FDS": "1", "LISTEN_FDNAMES": "web"])
            let server = try StreamServer(attaching: sockets[0].take(), echo)
            try server.start()
            let answer = try server.answer(to: "inherited")
            try server.stop()
            let again = errorOf { _ = try sockets[0].take() } as? SystemError
            return (sockets.map(\.name), answer, again?.name)
        }

        #expect(seen == (["web"], "inherited", "EBADF"))
    }

    @Test(arguments: [
        [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "41", "LISTEN_FDS": "1"],
        ["LISTEN_PID": "42"], ["LISTEN_PID": "42", "LISTEN_FDS": "0"],
        ["LISTEN_PID": "41", "LISTEN_FDS": "nonsense"],
    ])
    func `has none that are not meant for it`(environment: [String: String]) throws {
        #expect(try Self.sockets(environment).isEmpty)
    }

    @Test(arguments: [
        (["LISTEN_PID": "x", "LISTEN_FDS": "1"], "LISTEN_PID is \"x\": it is no number"),
        (["LISTEN_PID": "42", "LISTEN_FDS": "-1"], "LISTEN_FDS is \"-1\": it is no number"),
        (
            ["LISTEN_PID": "42", "LISTEN_FDS": "2147483647"],
            "LISTEN_FDS is \"2147483647\": it is too many"
        ),
        (
            ["LISTEN_PID": "42", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "a"],
            "LISTEN_FDNAMES is \"a\": LISTEN_FDS counts 2 descriptors"
        ),
    ])
    func `says which variable makes no sense`(environment: [String: String], text: String) {
        let error = errorOf { _ = try Self.sockets(environment) }

        #expect((error as? SocketActivationError)?.description == text)
    }

    @Test func `says which descriptor is not open`() {
        let error = errorOf {
            _ = try Self.sockets(first: 19_999, ["LISTEN_PID": "42", "LISTEN_FDS": "1"])
        }

        #expect((error as? SystemError)?.note == "descriptor 19999")
    }

    @Test func `calls a socket without a name unknown`() throws {
        let names = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            return try Self.sockets(
                first: try listener.detach().release(), ["LISTEN_PID": "42", "LISTEN_FDS": "1"]
            ).map(\.name)
        }

        #expect(names == ["unknown"])
    }
}
