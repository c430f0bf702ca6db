// SPDX-License-Identifier: Apache-2.0
import GeventFiber
import GeventSystem
import Testing

@Suite struct StackPoolTests {
    @Test(arguments: [
        (0, 256 * 1024), (1, 64 * 1024), (64 * 1024 + 1, 68 * 1024), (100_000, 102_400),
        (1 << 20, 1 << 20),
    ])
    func `gives whole pages, at least 64 KiB, and 256 KiB unless asked`(
        asked: Int, given: Int
    ) throws {
        let trial = PoolTrial()

        #expect(try trial.make(asked).size == MemoryPage.roundUp(given))
    }

    @Test(arguments: [
        ("100000", 102_400), ("1", 64 * 1024), ("-1", 64 * 1024), ("much", 256 * 1024),
    ])
    func `takes the usual size from the environment`(text: String, given: Int) async {
        await #expect(processExitsWith: .success) { [text, given] in
            setEnvironment("GEVENT_STACK_SIZE", text)
            let size = try PoolTrial().make().size

            #expect(size == MemoryPage.roundUp(given))
        }
    }

    @Test func `gives each stack memory of its own, with a guard below it`() throws {
        let trial = PoolTrial()

        let stacks = try (0..<1_000).map { number in try trial.make(number % 10 == 0 ? 70_000 : 0) }
            .sorted { $0.low < $1.low }

        #expect(stacks.allSatisfy { $0.guardSize >= 64 * 1024 })
        for (below, above) in zip(stacks, stacks.dropFirst()) {
            #expect(below.low + UInt(below.size + above.guardSize) <= above.low)
        }
    }

    @Test func `lays the record at the high end, aligned`() throws {
        let trial = PoolTrial()

        for _ in 0..<30 {
            let stack = try trial.make()
            #expect(stack.top % 16 == 0)
            #expect(stack.top < stack.low + UInt(stack.size))
            #expect(stack.top + 4096 >= stack.low + UInt(stack.size))
        }
    }

    @Test func `spreads the tops over the sets of the processor's table of pages`() throws {
        let trial = PoolTrial()

        let stacks = try (0..<200).map { _ in try trial.make().low }.sorted()

        // Those of one mapping; from one to the next there may be any number.
        let steps = zip(stacks, stacks.dropFirst()).map { $1 - $0 }.filter { $0 < 1 << 20 }
        #expect(steps.count > 150)
        #expect(steps.allSatisfy { $0 / UInt(MemoryPage.byteCount) % 2 == 1 })
    }

    @Test func `spreads the tops over twelve sets of the cache`() throws {
        let trial = PoolTrial()

        let colours = try (0..<120).map { _ in try trial.make().top % 4096 }

        for offset in 0..<10 {
            #expect(Set(colours[(12 * offset)..<(12 * offset + 12)]).count == 12)
        }
    }

    @Test func `uses a place again that was given back, and it reads as zeros`() throws {
        let trial = PoolTrial()
        let first = try trial.make()
        first[1_000] = 7
        trial.discard(first)

        let second = try trial.make()

        #expect(second.low == first.low)
        #expect(second[1_000] == 0)
        #expect(second.highWater <= 2 * MemoryPage.byteCount)
    }

    @Test func `needs no more address space however often stacks come and go`() throws {
        let trial = PoolTrial()
        var places: Set<UInt> = []

        for _ in 0..<100 {
            let stacks = try (0..<20).map { _ in try trial.make() }
            places.formUnion(stacks.map(\.low))
            for stack in stacks { trial.discard(stack) }
        }

        #expect(places.count == 20)
    }

    // In a child process, where no other test is given the same range meanwhile.
    @Test func `frees a stack of another size at once`() async {
        await #expect(processExitsWith: .success) {
            let trial = PoolTrial()
            let stack = try trial.make(3 << 20)
            let bytes = unsafe stack.bytes
            let before = unsafe (try? MemoryAdvice.residentByteCount(bytes)) != nil

            trial.discard(stack)

            let after = unsafe (try? MemoryAdvice.residentByteCount(bytes)) != nil
            #expect(before && !after)
        }
    }

    @Test func `can be used after all was released`() throws {
        let trial = PoolTrial()
        trial.discard(try trial.make())
        trial.releaseAll()

        let stack = try trial.make()
        stack.touch(stack.size - 8192)

        #expect(stack.highWater >= stack.size - 8192)
    }
}
