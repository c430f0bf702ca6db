// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import GeventSystem
import Testing

@Suite struct PollerTests {
    let poller: Poller

    init() throws {
        poller = try Poller()
    }

    private func look(_ patience: UInt64? = 0) throws -> [Report] {
        var reports: [Report] = []
        try poller.poll(timeoutNanoseconds: patience) { reports.append(($0.token, $0.readiness)) }
        return reports
    }

    @Test func `reports at once that a fresh connection is writable`() throws {
        let sockets = try Sockets()

        let token = try poller.register(sockets.near)
        let reports = try look()

        #expect(reports.map(\.token) == [token])
        #expect(reports.map(\.readiness) == [.writable])
        #expect(token.number == sockets.near)
    }

    @Test func `reports a change once`() throws {
        let sockets = try Sockets()
        let token = try poller.register(sockets.near)
        _ = try look()
        #expect(try look().isEmpty)

        try sockets.sendFromFar()
        let reports = try look()

        #expect(reports.map(\.token) == [token])
        #expect(reports.first?.readiness.contains(.readable) == true)
        #expect(try look().isEmpty)
    }

    @Test func `reports more bytes though the first were not read`() throws {
        let sockets = try Sockets()
        _ = try poller.register(sockets.near)
        try sockets.sendFromFar()
        _ = try look()

        try sockets.sendFromFar()

        #expect(try look().count == 1)
    }

    @Test func `tells readers and writers apart`() {
        #expect(Readiness.readable.concernsReaders && !Readiness.readable.concernsWriters)
        #expect(!Readiness.writable.concernsReaders && Readiness.writable.concernsWriters)
        #expect(Readiness.peerClosed.concernsReaders && !Readiness.peerClosed.concernsWriters)
        #expect(Readiness.hangup.concernsReaders && Readiness.hangup.concernsWriters)
        #expect(Readiness.error.concernsReaders && Readiness.error.concernsWriters)
    }

    @Test func `reports that the peer sends no more`() throws {
        let sockets = try Sockets()
        _ = try poller.register(sockets.near)
        _ = try look()

        try SocketCalls.shutDown(sockets.far, .writing)
        let readiness = try look().first?.readiness

        #expect(readiness?.contains(.peerClosed) == true)
        #expect(readiness?.contains(.hangup) == false)
    }

    @Test func `reports that the connection is gone`() throws {
        let sockets = try Sockets()
        _ = try poller.register(sockets.near)
        _ = try look()

        try SocketCalls.shutDown(sockets.near, .both)
        let readiness = try look().first?.readiness

        #expect(readiness?.contains(.hangup) == true)
    }

    @Test func `gives the context back with each event`() throws {
        let sockets = try Sockets()
        let token = unsafe try poller.register(
            sockets.near, context: UnsafeMutableRawPointer(bitPattern: 8))
        unsafe poller.setContext(UnsafeMutableRawPointer(bitPattern: 16), of: token)

        var contexts: [UnsafeMutableRawPointer?] = unsafe []
        try poller.poll(timeoutNanoseconds: 0) { unsafe contexts.append($0.context) }

        #expect(unsafe contexts == [UnsafeMutableRawPointer(bitPattern: 16)])
        #expect(unsafe poller.context(of: token) == UnsafeMutableRawPointer(bitPattern: 16))
    }

    @Test func `finds a registration by the descriptor's number`() throws {
        let sockets = try Sockets()
        #expect(poller.token(of: sockets.near) == nil)

        let token = try poller.register(sockets.near)
        #expect(poller.token(of: sockets.near) == token)

        poller.deregister(token)
        #expect(poller.token(of: sockets.near) == nil)
        #expect(poller.token(of: -1) == nil)
        #expect(poller.token(of: .max) == nil)
    }

    @Test func `refuses a regular file`() throws {
        let file = try Descriptor(opening: "/proc/self/status")

        #expect(throws: SystemError.self) { try poller.register(file.number) }
        #expect(poller.token(of: file.number) == nil)
        #expect(poller.count == 0)
    }

    @Test func `delivers 300 events in two turns`() throws {
        var descriptors: [Int32] = []
        var sockets: [EventCounterBox] = []
        for _ in 0..<300 {
            let box = try EventCounterBox()
            descriptors.append(box.counter.number)
            sockets.append(box)
        }
        for number in descriptors { _ = try poller.register(number) }

        let first = try look()
        let second = try look()

        #expect(first.count == 256)
        #expect(second.count == 44)
        #expect(Set((first + second).map(\.token.number)) == Set(descriptors))
    }

    @Test func `does not end a wait before its time`() throws {
        let start = MonotonicClock.now

        #expect(try look(1_500_000).isEmpty)

        #expect(MonotonicClock.now - start >= 1_500_000)
    }

    @Test func `traps when it is polled while it delivers`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let poller = try Poller()
            let sockets = try Sockets()
            _ = try poller.register(sockets.near)
            try poller.poll(timeoutNanoseconds: 0) { _ in
                _ = try? poller.poll(timeoutNanoseconds: 0) { _ in }
            }
        }

        #expect(result.errorText.contains("a poller was polled while it delivers"))
    }
}

private final class EventCounterBox {
    let counter: EventCounter

    init() throws {
        counter = try EventCounter()
    }
}
