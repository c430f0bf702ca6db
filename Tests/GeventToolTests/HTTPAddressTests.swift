// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import GeventTool

@Suite struct HTTPAddressTests {
    @Test(arguments: [
        ("http://example.org", "example.org", 80, "/", "example.org"),
        ("http://example.org:8080/a/b?c=d#e", "example.org", 8080, "/a/b?c=d", "example.org:8080"),
        ("HTTP://[::1]:81/", "::1", 81, "/", "[::1]:81"),
        ("http://example.org?q", "example.org", 80, "/?q", "example.org"),
    ])
    func `takes an address apart`(
        text: String, host: String, port: Int, target: String, authority: String
    ) throws {
        let address = try HTTPAddress(text)

        #expect(address.host == host)
        #expect(Int(address.port) == port)
        #expect(address.target == target)
        #expect(address.authority == authority)
    }

    @Test(arguments: [
        "", "example.org", "ftp://example.org/", "http://", "http:///a", "http://example.org:0/",
        "http://example.org:99999/", "http://user@example.org/", "http://user:word@example.org/",
        "http://exa mple.org/",
    ])
    func `refuses what cannot be asked for`(text: String) {
        #expect(throws: HTTPError.self) { try HTTPAddress(text) }
    }

    @Test func `puts no line end into a request`() throws {
        let address = try? HTTPAddress("http://example.org/a\r\nX: y")

        #expect(address?.target.utf8.contains { $0 <= 0x20 } != true)
    }

    @Test func `says that TLS is missing`() {
        #expect(throws: HTTPError.needsTLS) { try HTTPAddress("https://example.org/") }
    }

    @Test(arguments: [
        ("/c", "http://h:81/c"), ("c?d", "http://h:81/a/c?d"), ("../c", "http://h:81/c"),
        ("//other/c", "http://other/c"), ("http://x/y", "http://x/y"),
    ])
    func `resolves where a redirect leads`(location: String, expected: String) throws {
        let base = try HTTPAddress("http://h:81/a/b?q")

        #expect(try HTTPAddress(location, relativeTo: base).description == expected)
    }
}
