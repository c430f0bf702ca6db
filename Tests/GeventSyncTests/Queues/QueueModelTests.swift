// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

/// Many producers and consumers of one queue, which are killed and run out of time at random.
@Suite struct QueueModelTests {
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [1, 3])
    func `loses nothing, doubles nothing, and keeps each producer's order`(
        seed: UInt64, maxSize: Int
    ) throws {
        try onHub {
            let queue = Queue<Parcel>(maxSize: maxSize)
            let market = Market(seed: seed) {
                try queue.put($0, timeout: $1)
            } get: {
                try queue.get(timeout: $0)
            }

            try market.run(rounds: 150)

            market.take(try queue.drain())
            #expect(market.verdict == .fair)
            #expect(queue.getterCount == 0 && queue.putterCount == 0)
            #expect(queue.unfinishedTasks == market.putCount)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `hands over through a channel exactly what was put`(seed: UInt64) throws {
        try onHub {
            let channel = Channel<Parcel>()
            let market = Market(seed: seed) {
                try channel.put($0, timeout: $1)
            } get: {
                try channel.get(timeout: $0)
            }

            try market.run(rounds: 150)

            #expect(market.verdict == .fair)
            #expect(channel.balance == 0)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `frees every element once`(seed: UInt64) throws {
        let census = Census()
        try onHub {
            let queue = PriorityQueue<Census.Member>(maxSize: 2)
            let market = Market(seed: seed) { parcel, timeout in
                try queue.put(census.member(parcel.number), timeout: timeout)
            } get: {
                Parcel(producer: 0, number: try queue.get(timeout: $0).number)
            }

            try market.run(rounds: 150)

            #expect(census.living == queue.count)
        }
        #expect(census.living == 0)
    }
}
