// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct PoolImapTests {
    /// Is finished after so many turns.
    private static func nap(_ number: Int) throws -> Int {
        for _ in 0..<number { try sleep() }
        return number
    }

    @Test func `imap hands over in the order of the items`() throws {
        try onHub {
            let results = Pool(3).imap([5, 1, 2], Self.nap)

            try #expect(results.map { try $0.get() } == [5, 1, 2])
            try #expect(results.next() == nil)
        }
    }

    @Test func `imapUnordered hands over in the order they are finished`() throws {
        try onHub(.inOrder) {
            let values = try Pool(3).imapUnordered(Self.nap, [5, 1, 2]).map { try $0.get() }

            #expect(values == [1, 2, 5])
        }
    }

    @Test func `imapUnordered of a pool of size 1 keeps the order of the items`() throws {
        try onHub {
            let values = try Pool(1).imapUnordered([5, 1, 2], Self.nap).map { try $0.get() }

            #expect(values == [5, 1, 2])
        }
    }

    @Test func `no items give no results`() throws {
        try onHub {
            try #expect(Group().imap([Int]()) { $0 }.next() == nil)
            try #expect(Pool(1).imapUnordered([Int](), Self.nap).next() == nil)
        }
    }

    @Test func `a failed item is thrown in its place, and the others follow`() throws {
        try onHub {
            let boom = Boom()
            let results = Group().imap(0..<3) { number in
                if number == 1 { throw boom }
                return number
            }

            try #expect(results.next() == 0)
            #expect(#expect(throws: Boom.self) { try results.next() } === boom)
            try #expect(results.next() == 2)
            try #expect(results.next() == nil)
        }
    }

    @Test func `a loop goes on behind a failed item`() throws {
        try onHub {
            var log: [String] = []

            for result in Pool(1).imapUnordered(
                0..<3,
                {
                    if $0 == 1 { throw Boom() }
                    return $0
                })
            {
                switch result {
                case .success(let value): log.append("\(value)")
                case .failure: log.append("failed")
                }
            }

            #expect(log == ["0", "failed", "2"])
        }
    }

    @Test func `two sequences are gone through in pairs`() throws {
        try onHub(.inOrder) {
            let group = Group()

            try #expect(group.imap([1, 2, 3], [10, 20], +).map { try $0.get() } == [11, 22])
            let texts = try group.imapUnordered(["a", "b"], 1...) { "\($0)\($1)" }
                .map { try $0.get() }
            #expect(texts == ["a1", "b2"])
        }
    }

    @Test(arguments: [true, false])
    func `the error of the source ends the results`(isOrdered: Bool) throws {
        try onHub(.inOrder) {
            let boom = Boom()
            var left = 2
            func next() throws -> Int? {
                if left == 0 { throw boom }
                left -= 1
                return left
            }
            let pool = Pool(2)
            let results =
                isOrdered
                ? pool.imap(pulling: next) { $0 } : pool.imapUnordered(pulling: next) { $0 }

            try #expect(results.next() == 1)
            try #expect(results.next() == 0)
            #expect(#expect(throws: Boom.self) { try results.next() } === boom)
            try #expect(results.next() == nil)
        }
    }

    @Test func `a source may wait`() throws {
        try onHub {
            var left = 3
            let results = Pool(2).imapUnordered(pulling: { () throws -> Int? in
                try sleep(.milliseconds(1))
                left -= 1
                return left < 0 ? nil : left
            }) { $0 }

            try #expect(results.map { try $0.get() } == [2, 1, 0])
        }
    }

    @Test func `a killed worker is a failed item`() throws {
        try onHub {
            let group = Group()
            let results = group.imap(0..<2) { _ in try sleep(.seconds(10)) }
            try idle()
            try idle()

            try group.kill()

            #expect(throws: GreenletExit.self) { try results.next() }
            #expect(throws: GreenletExit.self) { try results.next() }
            try #expect(results.next() == nil)
        }
    }
}
