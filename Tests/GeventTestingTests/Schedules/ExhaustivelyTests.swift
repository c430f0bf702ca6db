// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTesting
import Testing

@Suite struct ExhaustivelyTests {
    @Test func `walks every order, and each once`() throws {
        let orders = Guarded<[[Int]]>([])

        let explored = try exhaustively {
            var order: [Int] = []
            try joinAll((0..<3).map { number in spawn { order.append(number) } })
            orders.withLock { $0.append(order) }
        }

        let seen = orders.withLock { $0 }
        #expect(Set(seen).count == 6 && seen.count == explored.runs)
        #expect(explored.isComplete)
    }

    @Test func `finds the one order that fails, and repeats it by its list`() throws {
        let failed = try #require(errorOf { try exhaustively(Race.run) } as? InterleavingFailed)

        #expect(failed.error is Race.Lost)
        #expect(failed.switches?.isEmpty == false)
        #expect(failed.description.contains("1. "))
        #expect(TestHub(order: .chosen(failed.choices)).error(Race.run) is Race.Lost)
    }

    @Test func `names who runs, from where, and who stays ready`() throws {
        struct Seen: Error {}
        let error = errorOf {
            try exhaustively {
                let event = Event()
                let writer = spawn { event.set() }
                writer.name = "writer"
                let reader = spawn { try event.wait() }
                reader.name = "reader"
                try reader.join()
                throw Seen()
            }
        }

        let switches = try #require((error as? InterleavingFailed)?.switches)
        #expect(switches.first?.description == "writer begins; reader stays ready")
    }

    @Test func `stops at the number of runs it may make`() throws {
        let explored = try exhaustively(runs: 10) {
            try joinAll((0..<6).map { _ in spawn { try sleep(.zero) } })
        }

        #expect(explored.runs == 10 && !explored.isComplete)
    }

    @Test func `says that it is not complete where it left out the depths`() throws {
        let explored = try exhaustively(decisions: 1) {
            try joinAll((0..<3).map { _ in spawn {} })
        }

        #expect(!explored.isComplete && explored.runs == 3)
    }

    @Test func `finds no order in which a queue loses an element`() throws {
        let explored = try exhaustively(runs: 3_000) {
            let queue = Queue<Int>(maxSize: 1)
            let putters = [spawn { try queue.put(1) }, spawn { try queue.put(2) }]
            let killed = spawn { try queue.get() }
            let getter = spawn { try queue.get() }
            spawn { kill(killed) }
            try joinAll(putters + [killed as AnyGreenlet, getter])
            let got = [killed.value, getter.value].compactMap(\.self)
            let left = queue.count
            guard Set(got).count == got.count, got.count + left == 2 else { throw Race.Lost() }
        }

        #expect(explored.runs > 100)
    }
}
