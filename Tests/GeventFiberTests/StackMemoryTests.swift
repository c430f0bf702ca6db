// SPDX-License-Identifier: Apache-2.0
import GeventFiber
import GeventSystem
import Testing

@Suite struct StackMemoryTests {
    @Test(arguments: [0, 8 << 20])
    func `costs two pages before it is used`(byteCount: Int) throws {
        let trial = PoolTrial()

        #expect(try trial.make(byteCount).highWater <= 2 * MemoryPage.byteCount)
    }

    // M2.
    @Test(arguments: [0, 1 << 20])
    func `gives back what lies deep, and keeps the top`(byteCount: Int) throws {
        let trial = PoolTrial()
        let stack = try trial.make(byteCount)
        stack.touch(200 * 1024)
        stack[stack.size - 12 * 1024] = 7
        let used = stack.highWater

        trial.shed(stack, keeping: 16 * 1024)

        #expect(used >= 200 * 1024)
        #expect(stack.highWater <= 16 * 1024)
        #expect(stack[0] == 0)
        #expect(stack[stack.size - 12 * 1024] == 7)
    }

    @Test func `can be used to its depth again afterwards`() throws {
        let trial = PoolTrial()
        let stack = try trial.make()

        for _ in 0..<3 {
            stack.touch(200 * 1024)
            #expect(stack.highWater >= 200 * 1024)
            trial.shed(stack, keeping: 16 * 1024)
        }
    }

    @Test func `keeps everything if that is not more than what it may keep`() throws {
        let trial = PoolTrial()
        let stack = try trial.make()
        stack[0] = 7

        trial.shed(stack, keeping: stack.size)

        #expect(stack[0] == 7)
    }

    @Test func `gives all of it back to the system when it is discarded`() throws {
        let trial = PoolTrial()
        let stack = try trial.make()
        stack.touch(200 * 1024)

        trial.discard(stack)

        // Its place stays, without memory.
        let left = unsafe try MemoryAdvice.residentByteCount(stack.bytes)
        #expect(left == 0)
    }
}
