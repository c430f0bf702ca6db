// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct RetryTests {
    @Test func `makes an interrupted call again`() throws {
        var answers = [-Int(EINTR), -Int(EINTR), 7]

        let answer = try Retry.onInterrupt("read") { answers.removeFirst() }

        #expect(answer == 7)
        #expect(answers.isEmpty)
    }

    @Test func `throws every other failure with the call's name`() {
        #expect(throws: SystemError(call: "read", code: EIO)) {
            try Retry.onInterrupt("read") { -Int(EIO) }
        }
        #expect(throws: SystemError(call: "read", code: EAGAIN)) {
            try Retry.onInterrupt("read") { -Int(EAGAIN) }
        }
    }

    @Test func `tells apart that a call would block`() throws {
        var answers = [-Int(EINTR), -Int(EAGAIN), 0]

        #expect(try Retry.unlessBlocked("recv") { answers.removeFirst() } == .wouldBlock)
        #expect(try Retry.unlessBlocked("recv") { answers.removeFirst() } == .done(0))
        #expect(throws: SystemError(call: "recv", code: ECONNRESET)) {
            try Retry.unlessBlocked("recv") { -Int(ECONNRESET) }
        }
    }

    @Test func `never makes some calls again`() {
        #expect(throws: SystemError(call: "close", code: EINTR)) {
            try Retry.never("close") { -Int(EINTR) }
        }
    }
}
