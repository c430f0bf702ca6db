// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct DummySemaphoreTests {
    @Test func `always has a place`() {
        let semaphore = DummySemaphore()

        for _ in 1...3 { #expect(semaphore.acquire(block: false)) }

        #expect(semaphore.wait() == 1 && semaphore.release() == 1)
        #expect(semaphore.isReady && !semaphore.isLocked)
        #expect(semaphore.withLock { 7 } == 7)
    }

    @Test func `is ready for whoever waits for it`() throws {
        try onHub {
            let semaphore = DummySemaphore()
            var isCalled = false

            _ = semaphore.linkReady { isCalled = true }
            try idle()

            #expect(isCalled)
            try #expect(wait([semaphore]).count == 1)
        }
    }
}
