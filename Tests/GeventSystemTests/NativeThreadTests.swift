// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Synchronization
import Testing

@Suite struct NativeThreadTests {
    @Test func `runs its body to the end before it is joined`() throws {
        let record = Record()
        let thread = try NativeThread(name: "worker") { record.value.store(7, ordering: .relaxed) }

        thread.join()

        #expect(record.value.load(ordering: .relaxed) == 7)
    }

    @Test func `has the first 15 bytes of its name`() throws {
        let isNamed = Record()
        let thread = try NativeThread(name: "gevent-hub-é-number-1") {
            let name = CurrentThread.name
            isNamed.value.store(name == "gevent-hub-é-n" ? 1 : 2, ordering: .relaxed)
        }

        thread.join()

        #expect(isNamed.value.load(ordering: .relaxed) == 1)
    }

    @Test func `is not the main thread`() throws {
        let record = Record()
        let thread = try NativeThread(name: "worker") {
            record.value.store(CurrentThread.isMain ? 1 : 2, ordering: .relaxed)
        }

        thread.join()

        #expect(record.value.load(ordering: .relaxed) == 2)
    }

    @Test func `has the stack it asked for`() throws {
        let record = Record()
        let thread = try NativeThread(name: "worker", stackByteCount: 1 << 20) {
            record.value.store(unsafe CurrentThread.stack.count, ordering: .relaxed)
        }

        thread.join()

        #expect(record.value.load(ordering: .relaxed) == 1 << 20)
    }

    @Test func `refuses a stack that is too small`() {
        #expect(throws: SystemError(call: "pthread_create", code: EINVAL)) {
            _ = try NativeThread(name: "worker", stackByteCount: 1) {}
        }
    }

    @Test func `takes no signals but those of faults if it is told to`() throws {
        let record = Record()
        let thread = try NativeThread(name: "worker", takesSignals: false) {
            var blocked = sigset_t()
            unsafe pthread_sigmask(SIG_BLOCK, nil, &blocked)
            let isRight =
                unsafe sigismember(&blocked, SIGTERM) == 1
                && sigismember(&blocked, SIGCHLD) == 1 && sigismember(&blocked, SIGSEGV) == 0
            record.value.store(isRight ? 1 : 2, ordering: .relaxed)
        }

        thread.join()

        #expect(record.value.load(ordering: .relaxed) == 1)
    }

    @Test func `lets go of what the body held`() throws {
        weak var watched: Record?
        do {
            let record = Record()
            watched = record
            let thread = try NativeThread(name: "worker") {
                record.value.store(1, ordering: .relaxed)
            }
            thread.join()
        }

        #expect(watched == nil)
    }

    @Test func `runs on when it is let go`() throws {
        let record = Record()
        let thread = try NativeThread(name: "worker") { record.value.store(1, ordering: .relaxed) }

        thread.detach()

        while record.value.load(ordering: .relaxed) == 0 { sched_yield() }
    }

    @Test func `tells the threads apart`() throws {
        let record = Record()
        let thread = try NativeThread(name: "worker") {
            record.value.store(Int(CurrentThread.identifier), ordering: .relaxed)
        }

        thread.join()

        #expect(record.value.load(ordering: .relaxed) != Int(CurrentThread.identifier))
    }
}

/// A number that a thread leaves for the test.
private final class Record: Sendable {
    let value = Atomic(0)
}
