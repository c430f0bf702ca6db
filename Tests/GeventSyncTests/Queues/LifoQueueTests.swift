// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct LifoQueueTests {
    @Test func `gives out the element that came in last`() throws {
        let queue = LifoQueue<Int>()
        try queue.put(1)
        try queue.put(2)
        let second = try queue.get()
        try queue.put(3)

        #expect(second == 2)
        try #expect(queue.drain() == [3, 1])
    }

    @Test func `begins with the last of its elements on top`() throws {
        try #expect(LifoQueue([1, 2, 3]).get() == 3)
    }

    @Test func `puts what a waiting putter brings on top`() throws {
        try onHub {
            let queue = LifoQueue([1, 2], maxSize: 2)
            spawn { try queue.put(3) }
            try idle()

            try #expect(queue.get() == 2)
            try #expect(queue.drain() == [3, 1])
        }
    }

    @Test func `makes a copy that does not change with it`() throws {
        let queue = LifoQueue([1, 2], maxSize: 3)

        let copy = queue.copy()
        try queue.put(3)

        #expect(copy.maxSize == 3)
        #expect(copy.unfinishedTasks == 2)
        try #expect(copy.drain() == [2, 1])
        try #expect(queue.drain() == [3, 2, 1])
    }
}
