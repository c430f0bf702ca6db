// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct NameLookupTests {
    @Test func `answers numbers with themselves`() throws {
        #expect(
            try NameLookup.addresses(of: "127.0.0.1", port: 80) == [.loopback(port: 80)])
        #expect(
            try NameLookup.addresses(of: "::1", port: 80) == [.loopback(.ipv6, port: 80)])
    }

    @Test func `knows this machine`() throws {
        let addresses = try NameLookup.addresses(of: "localhost", port: 80, family: .ipv4)

        #expect(addresses == [.loopback(port: 80)])
    }

    @Test func `listens everywhere and connects to this machine without a host`() throws {
        let listening = try NameLookup.addresses(of: nil, port: 80, family: .ipv4, isPassive: true)
        let connecting = try NameLookup.addresses(of: nil, port: 80, family: .ipv4)

        #expect(listening == [.any(port: 80)])
        #expect(connecting == [.loopback(port: 80)])
    }

    @Test(arguments: ["localhost\0.example", "\0"])
    func `does not ask for a name that would be cut`(host: String) {
        #expect(throws: LookupError(subject: host, code: EAI_NONAME)) {
            try NameLookup.addresses(of: host, port: 80)
        }
    }

    @Test func `says that a number of another family has no address`() {
        let error = #expect(throws: LookupError.self) {
            try NameLookup.addresses(of: "127.0.0.1", port: 80, family: .ipv6)
        }

        #expect(error?.isNotFound == true)
        #expect(error?.subject == "127.0.0.1")
    }

    @Test func `finds the name of this machine`() throws {
        #expect(try NameLookup.name(of: .loopback(port: 80)) == "localhost")
    }

    @Test func `knows no name for a path`() throws {
        let path = try SocketAddress(unixPath: "/run/app.sock")

        #expect(throws: LookupError(subject: "unix:/run/app.sock", code: EAI_FAMILY)) {
            try NameLookup.name(of: path)
        }
    }
}
