// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import GeventTool

@Suite struct FileNamesTests {
    @Test(arguments: [
        ("http://h/a/b.txt?q=/x", "b.txt"), ("http://h/", "index.html"), ("http://h", "index.html"),
        ("http://h/a/%2e%2e", "_."), ("http://h/.bashrc", "_bashrc"),
        ("http://h/a%2F..%2Fb", "b"), ("http://h/a%00b", "a_b"),
        ("http://h/%1B%5B2J", "__2J"),
    ])
    func `names a file after its address, never outside of the folder`(
        text: String, name: String
    ) throws {
        var names = FileNames()

        #expect(names.next(for: try HTTPAddress(text)) == name)
    }

    @Test func `names no two files alike`() throws {
        var names = FileNames()
        let address = try HTTPAddress("http://h/a")

        #expect((0..<3).map { _ in names.next(for: address) } == ["a", "a.2", "a.3"])
    }
}
