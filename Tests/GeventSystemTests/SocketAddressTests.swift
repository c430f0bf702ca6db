// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct SocketAddressTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1:80"),
        ("255.255.255.255", "255.255.255.255:80"),
        ("::1", "[::1]:80"),
        ("2001:DB8:0:0::7", "[2001:db8::7]:80"),
        ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:80"),
        ("fe80::1%7", "[fe80::1%7]:80"),
    ])
    func `reads and writes numeric hosts`(host: String, description: String) throws {
        let address = try #require(SocketAddress(host, port: 80))

        #expect(address.description == description)
        #expect(address.port == 80)
    }

    @Test(arguments: [
        "", "localhost", "127.1", "127.0.0.256", "0x7f.0.0.1", "127.0.0.1 ", "[::1]", "::1::",
        "127.0.0.1\0.example", "::1\0", "fe80::1%nosuchinterface", "fe80::1%", "127.0.0.1%1",
    ])
    func `refuses what is no numeric host`(host: String) {
        #expect(SocketAddress(host, port: 80) == nil)
    }

    @Test func `finds the number of an interface`() throws {
        let address = try #require(SocketAddress("fe80::1%lo", port: 80))

        #expect(address.scope > 0)
        #expect(address.host == "fe80::1%\(address.scope)")
    }

    @Test func `is equal to the same end point`() {
        #expect(SocketAddress("::1", port: 80) == .loopback(.ipv6, port: 80))
        #expect(SocketAddress("127.0.0.1", port: 80) == .loopback(port: 80))
        #expect(SocketAddress("127.0.0.1", port: 80) != .loopback(port: 81))
        #expect(SocketAddress("fe80::1%1", port: 80) != SocketAddress("fe80::1%2", port: 80))
        #expect(SocketAddress.any(port: 0).host == "0.0.0.0")
        #expect(SocketAddress.any(.ipv6, port: 0).host == "::")
    }

    @Test func `changes its port`() {
        #expect(SocketAddress.loopback(port: 1).with(port: 2) == .loopback(port: 2))
        #expect(SocketAddress.any(.ipv6, port: 1).with(port: 2).port == 2)
    }

    @Test(arguments: [
        SocketAddress.loopback(port: 65_535),
        .any(.ipv6, port: 1),
        SocketAddress("fe80::1%7", port: 80),
        try? SocketAddress(unixPath: "/run/é.sock"),
        try? SocketAddress(unixPath: String(repeating: "x", count: 107)),
        try? SocketAddress(abstractName: [0, 1, 0]),
        try? SocketAddress(abstractName: []),
    ])
    func `survives the kernel's form`(address: SocketAddress?) throws {
        let address = try #require(address)

        let copy = unsafe address.withBytes { unsafe SocketAddress(bytes: $0) }

        #expect(copy == address)
    }

    @Test func `refuses bytes of other families and bytes that are cut short`() {
        let short = unsafe SocketAddress.loopback(port: 1).withBytes { bytes in
            (0..<bytes.count).map { count in
                unsafe SocketAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
            }
        }
        #expect(short.allSatisfy { $0 == nil })

        let netlink: [UInt8] = [16, 0] + [UInt8](repeating: 0, count: 14)
        #expect(unsafe netlink.withUnsafeBytes { unsafe SocketAddress(bytes: $0) } == nil)
    }

    @Test func `traps on a Unix address with a port`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = SocketAddress.loopback(.unix, port: 1)
        }

        #expect(result.errorText.contains("a Unix address has no port"))
    }
}
