// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Glibc
import Synchronization
import Testing

@Suite struct SignalTests {
    // In a process of its own, as a handler is everybody's.
    @Test(.tags(.slow)) func `is not disturbed by signals that interrupt its calls`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            SignalTests.handle(SIGUSR1)
            inChild {
                SignalTests.letThrough(SIGUSR1)
                let storm = try Storm(over: pthread_self(), until: 300)
                let ends = try Connected()
                spawn {
                    while case let bytes = try ends.server.read(), !bytes.isEmpty {
                        try ends.server.write(bytes)
                    }
                }
                let block = pattern(100_000)
                while !storm.isOver {
                    let writer = spawn { try ends.client.write(block) }
                    let answer = try ends.client.readExactly(block.count)
                    try writer.get()
                    try claim(answer == block, "something else came back")
                    // Sleeping in the kernel is what a signal interrupts most often.
                    try sleep(.microseconds(1_500))
                    try claim(!(try lookup("localhost").isEmpty), "localhost has no address")
                }
                let count = handled.load(ordering: .relaxed)
                try claim(count >= 300, "only \(count) signals have come")
            }
        }

        #expect(result.errorText == "")
    }

    /// The thread that starts ours is one of Dispatch's, which blocks all signals.
    private static func letThrough(_ number: Int32) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, number)
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    private static func handle(_ number: Int32) {
        var action = sigaction()
        // Without SA_RESTART: each call that waits ends with EINTR.
        unsafe action.__sigaction_handler.sa_handler = { _ in
            handled.add(1, ordering: .relaxed)
        }
        unsafe sigaction(number, &action, nil)
    }
}

private let handled = Atomic(0)

/// A thread that sends a signal to another one every millisecond.
private final class Storm: Sendable {
    private let hasEnded = Atomic(false)

    var isOver: Bool { hasEnded.load(ordering: .acquiring) }

    init(over target: pthread_t, until wanted: Int) throws {
        try NativeThread(name: "storm") { [self] in
            // Those that come while one waits are lost, so it is not known how many it takes.
            for _ in 0..<60_000 {
                if handled.load(ordering: .relaxed) >= wanted { break }
                pthread_kill(target, SIGUSR1)
                usleep(1_000)
            }
            hasEnded.store(true, ordering: .releasing)
        }.detach()
    }
}
