// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct SystemErrorTests {
    @Test func `reads as one line`() {
        let error = SystemError(call: "connect", code: 111)

        #expect(error.description == "connect: Connection refused (ECONNREFUSED 111)")
        #expect(error.name == "ECONNREFUSED")
    }

    @Test func `puts the note behind the line`() {
        let error = SystemError(call: "bind", code: 98, note: "127.0.0.1:80")

        #expect("\(error)" == "bind: Address already in use (EADDRINUSE 98), 127.0.0.1:80")
    }

    @Test(arguments: [0, 4_095, -1, .min, .max] as [Int32])
    func `reads as one line whatever the number is`(code: Int32) {
        let error = SystemError(call: "x", code: code)

        #expect(error.description.hasPrefix("x: "))
        #expect(error.description.contains("\(code)"))
    }

    @Test func `is equal to the same failure`() {
        #expect(SystemError(call: "a", code: 1) == SystemError(call: "a", code: 1))
        #expect(SystemError(call: "a", code: 1) != SystemError(call: "a", code: 2))
        #expect(SystemError(call: "a", code: 1) != SystemError(call: "b", code: 1))
    }
}
