// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct PoolMapTests {
    @Test func `map returns the results in the order of the items`() throws {
        try onHub {
            let group = Group()
            func hello(_ number: Int) throws -> Int {
                try sleep(.milliseconds(3 - number))
                return number
            }

            try #expect(group.map(hello, 0..<3) == [0, 1, 2])
            try #expect(group.map(0..<3) { $0 * 2 } == [0, 2, 4])
            try #expect(group.map([Int]()) { $0 }.isEmpty)
        }
    }

    @Test(arguments: [1, 3, 10])
    func `map runs as many at once as there is room for`(size: Int) throws {
        try onHub(.inOrder) {
            let pool = Pool(size)
            var running = 0
            var most = 0

            let values = try pool.map(0..<10) { number in
                running += 1
                most = max(most, running)
                try sleep()
                running -= 1
                return number
            }

            #expect(values == Array(0..<10))
            #expect(most == size)
        }
    }

    @Test func `map throws the first error in the order of the items`() throws {
        try onHub {
            let group = Group()
            let (first, second) = (Boom(), Boom())
            var ended = 0
            Hub.current.errorHandler = { _ in }

            let error = #expect(throws: Boom.self) {
                try group.map(0..<4) { number in
                    try sleep(.milliseconds(4 - number))
                    ended += 1
                    if number == 1 { throw first }
                    if number == 2 { throw second }
                }
            }
            try group.join()

            #expect(error === first)
            #expect(ended == 4)
        }
    }

    @Test func `an outer timeout passes through map`() throws {
        try onHub {
            let pool = Pool(1)

            expectOuterTimeoutPasses {
                _ = try pool.map(0..<3) { _ in try sleep(.seconds(10)) }
            }

            try pool.kill()
            #expect(pool.freeCount == 1)
        }
    }

    @Test func `mapCallback hands the results to its callback`() throws {
        try onHub {
            var got: [Int] = []

            let values = try Group().mapCallback([1, 2]) {
                $0 + 1
            } callback: {
                got = $0
            }

            #expect(values == [2, 3] && got == [2, 3])
        }
    }

    @Test func `mapAsync does not wait`() throws {
        try onHub {
            let pool = Pool(1)
            var got: [Int] = []

            let results = pool.mapAsync(1...3) {
                $0
            } callback: {
                got = $0
            }
            #expect(!results.isReady)

            try #expect(results.get() == [1, 2, 3])
            #expect(got == [1, 2, 3])
        }
    }
}
