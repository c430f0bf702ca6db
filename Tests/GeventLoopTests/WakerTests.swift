// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import GeventSystem
import Glibc
import Synchronization
import Testing

@Suite struct WakerTests {
    private func poll(_ poller: Poller, _ patience: UInt64?) throws -> Int {
        try poller.poll(timeoutNanoseconds: patience) { _ in }
    }

    @Test func `ends a wait from another thread, again and again`() throws {
        let poller = try Poller()
        let waker = poller.waker
        let turn = Mailbox()
        let thread = try NativeThread(name: "waker") {
            for number in 1...100 {
                while turn.messages.load(ordering: .acquiring) < number {}
                waker.wake()
            }
        }

        for _ in 1...100 {
            turn.messages.add(1, ordering: .releasing)
            #expect(try poll(poller, nil) == 0)
        }

        thread.join()
    }

    @Test func `keeps a wait from beginning`() throws {
        let poller = try Poller()

        poller.waker.wake()
        poller.waker.wake()

        #expect(poller.waker.isPending)
        #expect(try poll(poller, nil) == 0)
        #expect(!poller.waker.isPending)
    }

    @Test func `counts as seen after a look without waiting`() throws {
        let poller = try Poller()
        poller.waker.wake()

        _ = try poll(poller, 0)

        #expect(!poller.waker.isPending)
        let start = MonotonicClock.now
        _ = try poll(poller, 1_000_000)
        #expect(MonotonicClock.now - start >= 1_000_000)
    }

    @Test func `loses no wake-up of four threads`() throws {
        let poller = try Poller()
        let mailbox = Mailbox()
        let waker = poller.waker
        for _ in 0..<4 {
            let thread = try NativeThread(name: "sender") {
                for _ in 0..<5_000 {
                    mailbox.messages.add(1, ordering: .relaxed)
                    waker.wake()
                }
            }
            thread.detach()
        }

        while mailbox.messages.load(ordering: .relaxed) < 20_000 { _ = try poll(poller, nil) }
    }

    @Test func `outlives its poller`() throws {
        let waker = try Poller().waker

        waker.wake()

        #expect(waker.isPending)
    }

    @Test func `a signal ends a wait without an error`() async {
        await #expect(processExitsWith: .success) {
            let poller = try Poller()
            // The threads of Swift's pool block signals.
            var signals = sigset_t()
            unsafe sigemptyset(&signals)
            unsafe sigaddset(&signals, SIGUSR1)
            unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            signal(SIGUSR1) { _ in }
            let sleeper = pthread_self()
            let isDone = Mailbox()
            let thread = try NativeThread(name: "signaller") {
                while isDone.messages.load(ordering: .relaxed) == 0 {
                    pthread_kill(sleeper, SIGUSR1)
                    usleep(200)
                }
            }
            let delivered = try poller.poll(timeoutNanoseconds: nil) { _ in }
            isDone.messages.store(1, ordering: .relaxed)
            thread.join()
            exit(delivered == 0 ? 0 : 1)
        }
    }
}

/// A number that several threads may change.
private final class Mailbox: Sendable {
    let messages = Atomic(0)
}
