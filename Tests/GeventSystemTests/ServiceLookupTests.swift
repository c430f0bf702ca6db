// SPDX-License-Identifier: Apache-2.0
import GeventSystem
import Glibc
import Testing

@Suite struct ServiceLookupTests {
    @Test func `knows services by name and by port`() throws {
        #expect(try ServiceLookup.port(of: "https", protocol: "tcp") == 443)
        #expect(try ServiceLookup.port(of: "domain", protocol: "udp") == 53)
        #expect(try ServiceLookup.name(of: 25, protocol: "tcp") == "smtp")
    }

    @Test func `says what it does not know`() {
        #expect(throws: LookupError(subject: "nosuchservice/tcp", code: EAI_SERVICE)) {
            try ServiceLookup.port(of: "nosuchservice", protocol: "tcp")
        }
        #expect(throws: LookupError(subject: "1/udp", code: EAI_SERVICE)) {
            try ServiceLookup.name(of: 1, protocol: "udp")
        }
    }

    @Test(arguments: ["", "a\0b", "a\nb", "a b"])
    func `refuses names that no service can have`(name: String) {
        let error = #expect(throws: LookupError.self) {
            try ServiceLookup.port(of: name, protocol: "tcp")
        }

        #expect(error?.reason != nil)
    }
}
