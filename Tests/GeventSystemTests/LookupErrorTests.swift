// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct LookupErrorTests {
    @Test func `reads as one line`() {
        let error = LookupError(subject: "nowhere.invalid", code: EAI_NONAME)

        #expect("\(error)" == "nowhere.invalid: Name or service not known (EAI_NONAME -2)")
        #expect(error.isNotFound)
        #expect(!error.isTemporary)
    }

    @Test func `says what the system said`() {
        let error = LookupError(subject: "a", code: EAI_SYSTEM, systemCode: ENOENT)

        #expect(error.message == "No such file or directory")
    }

    @Test func `knows what may pass`() {
        #expect(LookupError(subject: "a", code: EAI_AGAIN).isTemporary)
        #expect(!LookupError(subject: "a", code: EAI_FAIL).isTemporary)
    }

    @Test func `reads as one line for an unknown code`() {
        #expect(LookupError(subject: "a", code: 12_345).description.contains("(EAI 12345)"))
    }
}
