// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

/// The bits of poll(2).
private let readable: UInt32 = 1
private let writable: UInt32 = 4

private func wait(_ numbers: [Int32], for events: UInt32 = readable, timeout: Duration? = nil)
    throws -> ForeignWaits.Outcome
{
    try ForeignWaits.current().wait("a test", count: numbers.count, timeout: timeout) {
        (numbers[$0], events)
    }
}

private func put(_ text: String, into pipe: borrowing Pipe) throws {
    // SAFETY: bytes have no padding.
    _ = try Transfer.write(pipe.writeEnd.number, unsafe Array(text.utf8).span.bytes)
}

@Suite struct ForeignWaitsTests {
    @Test func `ends when there is something to read`() throws {
        let outcome = try onHub {
            let pipe = try Pipe()
            let waiting = spawn { try wait([pipe.readEnd.number]) }
            try idle()
            let hadEnded = waiting.isReady
            try put("x", into: pipe)
            return (hadEnded, try waiting.get())
        }

        #expect(outcome == (false, .mayBeReady))
    }

    @Test func `ends with the time limit, and again after that`() throws {
        let outcomes = try onHub {
            let pipe = try Pipe()
            let first = try wait([pipe.readEnd.number], timeout: .milliseconds(5))
            let second = try wait([pipe.readEnd.number], timeout: .milliseconds(5))
            try put("x", into: pipe)
            return [first, second, try wait([pipe.readEnd.number])]
        }

        #expect(outcomes == [.timeUp, .timeUp, .mayBeReady])
    }

    @Test func `wakes each of several who wait for one number by what they asked`() throws {
        let order = try onHub(.inOrder) {
            let pair = try SocketCalls.openPair(.stream)
            let (left, right) = (pair.first.number, pair.second.number)
            var order: [String] = []
            let reader = spawn {
                _ = try wait([left])
                order.append("reader")
            }
            let both = spawn {
                _ = try wait([left], for: readable | writable)
                order.append("both")
            }
            try both.join()
            let readerWaited = withExtendedLifetime(pair) { !reader.isReady }
            // SAFETY: as above.
            _ = try Transfer.write(right, unsafe Array("x".utf8).span.bytes)
            try reader.join()
            return withExtendedLifetime(pair) { (order, readerWaited) }
        }

        #expect(order.0 == ["both", "reader"])
        #expect(order.1)
    }

    @Test func `takes a number twice, and passes over negative ones`() throws {
        let outcome = try onHub {
            let pipe = try Pipe()
            try put("x", into: pipe)
            let number = pipe.readEnd.number
            return try ForeignWaits.current().wait("a test", count: 3, timeout: .seconds(60)) {
                [(number, 0), (-1, readable), (number, readable)][$0]
            }
        }

        #expect(outcome == .mayBeReady)
    }

    @Test func `lets those look for themselves who name no open file, or a regular one`() throws {
        let outcomes = try onHub {
            let file = try Descriptor(opening: "/proc/self/exe")
            return [try wait([file.number]), try wait([Int32.max / 2])]
        }

        #expect(outcomes == [.mayBeReady, .mayBeReady])
    }

    @Test func `says that another greenlet closed the number`() throws {
        let outcome = try onHub {
            var pipe: Pipe? = try Pipe()
            let number = pipe?.readEnd.number ?? -1
            let waiting = spawn { try wait([number]) }
            try idle()
            ForeignClosing.announce(number)
            pipe = nil
            return try waiting.get()
        }

        #expect(outcome == .closed)
    }

    @Test func `says that another thread closed the number`() throws {
        let outcome = try onHub(.realTime) {
            let pipe = try Pipe()
            let number = pipe.readEnd.number
            let waiting = spawn { try wait([number]) }
            try idle()
            try NativeThread(name: "closer") { ForeignClosing.announce(number) }.join()
            let outcome = try waiting.get()
            return withExtendedLifetime(pipe) { outcome }
        }

        #expect(outcome == .closed)
    }

    @Test func `waits for another file that has got the number unseen`() throws {
        let outcome = try onHub {
            let first = try Pipe()
            let number = first.readEnd.number
            _ = try wait([number], timeout: .milliseconds(1))
            // Closes what had the number, and gives it to the other in one step: no other test can come between.
            let second = try Pipe()
            try #require(dup2(second.readEnd.number, number) == number)
            let waiting = spawn { try wait([number]) }
            try idle()
            try put("x", into: second)
            return try withExtendedLifetime(first) { try waiting.get() }
        }

        #expect(outcome == .mayBeReady)
    }

    @Test func `leaves nobody behind when a greenlet is killed in it`() throws {
        let outcome = try onHub {
            let pipe = try Pipe()
            let number = pipe.readEnd.number
            let victim = spawn { try wait([number]) }
            try idle()
            try victim.kill()
            try put("x", into: pipe)
            return (victim.isKilled, try wait([number]))
        }

        #expect(outcome.0)
        #expect(outcome.1 == .mayBeReady)
    }

    @Test func `is told of hundreds of numbers at once`() throws {
        let count = try onHub {
            let pipes = try (0..<300).map { _ in Box(try Pipe()) }
            let waiting = pipes.map { box in
                spawn { try wait([box.pipe.readEnd.number]) == .mayBeReady }
            }
            try idle()
            for box in pipes { try put("x", into: box.pipe) }
            return try waiting.map { try $0.get() }.count { $0 }
        }

        #expect(count == 300)
    }
}

private final class Box {
    let pipe: Pipe
    init(_ pipe: consuming Pipe) { self.pipe = pipe }
}
