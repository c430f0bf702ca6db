// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct ResultSequenceTests {
    @Test func `takes items only as there is room in the pool`() throws {
        try onHub(.inOrder) {
            let pool = Pool(2)
            var pulled = 0
            let results = pool.imap(pulling: { () -> Int? in
                pulled += 1
                return pulled
            }) { _ in
                try sleep(.seconds(10))
            }

            for _ in 1...5 { try sleep() }

            // Two are worked on, and one waits for its place.
            #expect(pulled == 3 && pool.count == 2)
            withExtendedLifetime(results) {}
            try pool.kill(block: false)
        }
    }

    @Test(arguments: [true, false])
    func `works ahead as far as maxSize allows`(isOrdered: Bool) throws {
        try onHub(.inOrder) {
            let group = Group()
            var begun = 0
            func work(_ number: Int) -> Int {
                begun += 1
                return number
            }
            let results =
                isOrdered
                ? group.imap(0..., maxSize: 2, work) : group.imapUnordered(0..., maxSize: 2, work)
            for _ in 1...9 { try sleep() }
            #expect(begun == 2)

            for number in 0..<5 {
                try #expect(results.next() == number)
                for _ in 1...9 { try sleep() }
                #expect(begun == number + 3)
            }
        }
    }

    @Test func `a taker that gives up has made room once`() throws {
        try onHub {
            let gate = Event()
            var begun = 0
            let results = Group().imap(0..., maxSize: 1) { number in
                begun += 1
                try gate.wait()
                return number
            }

            for _ in 1...5 {
                let value = try withTimeout(.milliseconds(1), default: nil) { try results.next() }
                #expect(value == nil)
            }
            #expect(begun == 2)
            gate.set()

            try #expect(results.next() == 0)
        }
    }

    @Test func `letting go of it stops it from beginning more`() throws {
        try onHub(.inOrder) {
            let pool = Pool(1)
            var begun = 0
            for result in pool.imap(
                0...,
                {
                    begun += 1
                    return $0
                }) where try result.get() == 2
            {
                break
            }

            try pool.join()
            let before = begun
            for _ in 1...9 { try sleep() }

            #expect(begun == before)
            #expect(pool.freeCount == 1 && Hub.current.greenletCount == 0)
        }
    }

    @Test func `an error of one that nobody takes any more is reported`() throws {
        try onHub(.inOrder) {
            let group = Group()
            var reports: [any Error] = []
            Hub.current.errorHandler = { reports.append($0.error) }
            var results: ResultSequence<Void>? = group.imap(0..<1) { _ in
                try sleep()
                throw Boom()
            }
            for _ in 1...2 { try sleep() }
            #expect(group.count == 1)

            results = nil
            try group.join()
            try sleep()

            #expect(reports.count == 1 && reports.first is Boom && results == nil)
        }
    }

    @Test func `an outer timeout passes through, and the results can be taken afterwards`() throws {
        try onHub {
            let gate = Event()
            let results = Group().imap(0..<2) { number in
                try gate.wait()
                return number
            }

            expectOuterTimeoutPasses { _ = try results.next() }
            gate.set()

            try #expect(results.next() == 0)
            try #expect(results.next() == 1)
        }
    }

    @Test func `what strikes a loop is its last element`() throws {
        try onHub(.inOrder) {
            let group = Group()
            var rounds = 0
            let consumer = spawn {
                for result in group.imap(0..<2, { _ in try sleep(.seconds(10)) }) {
                    rounds += 1
                    #expect(throws: GreenletExit.self) { try result.get() }
                }
            }
            for _ in 1...3 { try sleep() }

            try consumer.kill()

            #expect(rounds == 1 && consumer.isReady)
            try group.kill()
        }
    }

    @Test func `traps on a maxSize of 0`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { _ = Group().imap(0..<1, maxSize: 0) { $0 } }
        }

        #expect(result.errorText.contains("maxSize is at least 1"))
    }
}
