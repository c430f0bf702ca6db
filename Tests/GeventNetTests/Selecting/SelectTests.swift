// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct SelectTests {
    @Test func `waits until one of them is ready`() throws {
        let selected = try onHub {
            let pairs = try (0..<3).map { _ in try UnixStream.pair() }
            defer { withExtendedLifetime(pairs) {} }
            let numbers = try pairs.map { try $0.0.withDescriptor { $0 } }
            spawn { try pairs[1].1.write("x") }
            let selected = try select(read: numbers, timeout: .seconds(60))
            return selected.read.map { number in numbers.firstIndex(of: number) }
        }

        #expect(selected == [1])
    }

    @Test func `tells those to read from from those to write to`() throws {
        let (selected, number) = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            let selected = try select(read: [number], write: [number])
            return (selected, number)
        }

        #expect(selected.read == [])
        #expect(selected.write == [number])
    }

    @Test func `gives nothing when the time is up`() throws {
        let results = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            let results = [
                try select(read: [number], timeout: .milliseconds(2)),
                try select(read: [number], timeout: .zero), try select(timeout: .milliseconds(1)),
            ]
            return results
        }

        #expect(results.map(\.isEmpty) == [true, true, true])
    }

    @Test func `refuses numbers that are not open`() throws {
        let names = try onHub {
            [-1, 1_000_000].map { number in
                (errorOf { _ = try select(read: [number]) } as? SystemError)?.name
            }
        }

        #expect(names == ["EBADF", "EBADF"])
    }

    @Test func `lets others run while it waits, and when something is always ready`() throws {
        let turns = try onHub(.inOrder) {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            var turns = 0
            spawn {
                for _ in 0..<10 {
                    turns += 1
                    try sleep(.zero)
                }
            }
            for _ in 0..<10 { _ = try select(write: [number]) }
            return turns
        }

        #expect(turns == 10)
    }
}

@Suite struct PollTests {
    @Test func `finds what is ready, and numbers that are not open`() throws {
        let (found, number) = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            try far.write("x")
            let poll = Poll()
            poll.register(number, for: [.readable, .writable])
            poll.register(1_000_000)
            return (try poll.poll(), number)
        }

        #expect(found == [number: [.readable, .writable], 1_000_000: .invalid])
    }

    @Test func `waits for a hang-up though nothing is asked for`() throws {
        let events = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            let poll = Poll()
            poll.register(number, for: [])
            spawn { far.close() }
            return try poll.poll(timeout: .seconds(60))[number]
        }

        #expect(events?.contains(.hangup) == true)
    }

    @Test func `does not know what was not registered`() throws {
        let poll = Poll()

        #expect(throws: SystemError.self) { try poll.unregister(7) }
        #expect(throws: SystemError.self) { try poll.modify(7, for: .readable) }
    }
}
