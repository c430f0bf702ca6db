// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTestSupport
import Testing

@Suite struct BelongingTests {
    @Test func `does not wait in a callback of the hub`() throws {
        let isRefused = try onHub {
            let ends = try Connected()
            var error: (any Error)?
            Hub.current.runCallback { error = errorOf { _ = try ends.client.read() } }
            try untilPolled()
            return error is BlockingSwitchOutError
        }

        #expect(isRefused)
    }

    @Test func `refuses the thread of another hub`() throws {
        let areRefused = try onHub {
            // SAFETY: this thread waits while the other one looks.
            nonisolated(unsafe) let ends = try Connected()
            return try onHub {
                [
                    errorOf { _ = try unsafe ends.client.read() },
                    errorOf { try unsafe ends.client.write("x") },
                ].map { $0 is InvalidThreadUseError }
            }
        }

        #expect(areRefused == [true, true])
    }
}
