// SPDX-License-Identifier: Apache-2.0
import GeventSystem
import Testing

@Suite struct HostNameTests {
    static let longest =
        [String](repeating: String(repeating: "a", count: 61), count: 4)
        .joined(separator: ".") + ".abcde"

    @Test(arguments: [
        "localhost", "example.org", "example.org.", "_sip._tcp.example.org",
        "xn--bcher-kva.example",
        "4.example", "a--b", String(repeating: "a", count: 63), longest, longest + ".", "0x7f.1.a",
    ])
    func `lets names pass`(name: String) throws {
        #expect(try HostName.numbers(name, port: 1, family: nil) == nil)
    }

    @Test(arguments: [
        ("", "at least one label"), (".", "at least one label"), ("..", "empty"),
        ("a..b", "empty"), (".a", "empty"), ("a\0b", "control"), ("a\nb", "control"),
        ("a\u{7F}", "control"), ("bücher.example", "xn--"), ("a b", "' '"), ("a/b", "'/'"),
        (String(repeating: "a", count: 64), "63 bytes"), (longest + "f", "253 bytes"),
        (String(repeating: "a", count: 300), "253 bytes"), ("127.1", "four numbers"),
        ("0x7f.1", "four numbers"), ("2130706433", "four numbers"), ("0x7f000001", "four numbers"),
        ("256.1.1.1", "four numbers"), ("0177.0.0.0x1", "four numbers"), ("[::1]", "brackets"),
        ("::1::", "brackets"), ("fe80::1%nosuchinterface", "brackets"), ("::1 ", "brackets"),
    ])
    func `says what is wrong with what is no name`(name: String, why: String) throws {
        let error = #expect(throws: LookupError.self) {
            try HostName.numbers(name, port: 1, family: nil)
        }

        #expect(error?.isNotFound == true)
        #expect(error?.subject == name)
        #expect(error?.reason?.description.contains(why) == true)
    }

    @Test func `knows addresses in numbers`() throws {
        #expect(try HostName.numbers("127.0.0.1", port: 7, family: .ipv4) == .loopback(port: 7))
        #expect(try HostName.numbers("::1", port: 7, family: nil) == .loopback(.ipv6, port: 7))
        #expect(try HostName.numbers("fe80::1%lo", port: 7, family: .ipv6)?.scope == 1)
    }

    @Test func `refuses an address of the other family`() {
        let error = #expect(throws: LookupError.self) {
            try HostName.numbers("127.0.0.1", port: 7, family: .ipv6)
        }

        #expect(error?.isNotFound == true)
    }

    @Test func `is more generous to the names of records`() throws {
        try HostName.check("0/25.2.0.192.in-addr.arpa", as: .record)

        #expect(throws: LookupError.self) { try HostName.check("a\nb", as: .record) }
        #expect(throws: LookupError.self) { try HostName.check("a\\b", as: .record) }
    }

    @Test func `tells which names of an answer may be passed on`() {
        #expect(HostName.isPresentable("mail.example.org"))
        #expect(!HostName.isPresentable("evil\u{1B}[2J.example.org"))
        #expect(!HostName.isPresentable("<script>.example.org"))
    }
}
