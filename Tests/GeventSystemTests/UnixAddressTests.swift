// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct UnixAddressTests {
    @Test func `holds a path`() throws {
        let address = try SocketAddress(unixPath: "/run/app.sock")

        #expect(address.unixPath == "/run/app.sock")
        #expect(address.abstractName == nil)
        #expect(address.host == nil && address.port == nil)
        #expect(address.description == "unix:/run/app.sock")
        #expect(address.family == .unix)
    }

    @Test func `holds an abstract name`() throws {
        let address = try SocketAddress(abstractName: Array("app".utf8))

        #expect(address.abstractName == Array("app".utf8))
        #expect(address.unixPath == nil)
        #expect(address.description == "unix:@app")
    }

    @Test func `refuses a path that is too long`() {
        let path = String(repeating: "x", count: 108)

        #expect(throws: SystemError(call: "bind", code: ENAMETOOLONG, note: path)) {
            try SocketAddress(unixPath: path)
        }
        #expect(throws: SystemError.self) {
            try SocketAddress(abstractName: [UInt8](repeating: 1, count: 108))
        }
    }

    @Test func `gives a path that fills the kernel's record back as it came`() {
        let record: [UInt8] = [1, 0] + [UInt8](repeating: 0x78, count: 108)
        // SAFETY: the bytes are lent for the calls.
        let address = unsafe record.withUnsafeBytes { unsafe SocketAddress(bytes: $0) }
        let bytes = unsafe address?.withBytes { unsafe Array($0) }

        #expect(bytes == record)
    }

    @Test(arguments: ["", "\0name", "/run/a\0b"])
    func `refuses a path that the kernel would read otherwise`(path: String) {
        let error = #expect(throws: SystemError.self) { try SocketAddress(unixPath: path) }

        #expect(error?.code == EINVAL)
    }
}
