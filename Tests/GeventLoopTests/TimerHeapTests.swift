// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import Testing

@Suite struct TimerHeapTests {
    @Test func `fires in the order of the deadlines`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([30, 10, 20])

        heap.insert(all: nodes)

        #expect(heap.popAll() == [1, 2, 0])
    }

    @Test func `fires equal deadlines in creation order`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([UInt64](repeating: 5, count: 1_000))

        heap.insert(all: nodes)

        #expect(heap.popAll() == Array(0..<1_000))
    }

    @Test func `fires what is due and nothing else`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([10, 20, 21])
        heap.insert(all: nodes)

        #expect(heap.popAll(now: 9) == [])
        #expect(heap.popAll(now: 20) == [0, 1])
        #expect(heap.nextDeadline == Deadline(nanoseconds: 21))
    }

    @Test func `is due never when it is empty`() {
        let heap = TimerHeap()

        #expect(heap.nextDeadline == .distantFuture)
        #expect(unsafe heap.popExpired(now: .max) == nil)
    }

    @Test func `forgets a timer that was removed`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([10, 20, 30])
        heap.insert(all: nodes)

        unsafe heap.remove(nodes[0])

        #expect(unsafe !nodes[0].pointee.isScheduled)
        #expect(heap.nextDeadline == Deadline(nanoseconds: 20))
        #expect(heap.popAll() == [1, 2])
    }

    @Test func `does not mind the removal of a timer that is gone`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([10, 20])
        heap.insert(all: nodes)
        _ = unsafe heap.popExpired(now: 10)

        unsafe heap.remove(nodes[0])

        #expect(heap.count == 1)
    }

    @Test func `takes a timer again after it has fired`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([10])
        heap.insert(all: nodes)
        _ = heap.popAll()

        unsafe nodes[0].pointee.deadline = Deadline(nanoseconds: 40)
        heap.insert(all: nodes)

        #expect(heap.nextDeadline == Deadline(nanoseconds: 40))
    }

    @Test func `gives the context back`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([10])
        unsafe nodes[0].pointee.context = UnsafeMutableRawPointer(bitPattern: 0x1234)
        heap.insert(all: nodes)

        let fired = unsafe heap.popExpired(now: 10)

        #expect(unsafe fired?.pointee.context == UnsafeMutableRawPointer(bitPattern: 0x1234))
    }

    @Test func `counts the timers that keep the loop alive`() {
        let heap = TimerHeap()
        let nodes = TimerNodes([10, 20, 30])
        unsafe heap.setReferenced(false, nodes[0])
        heap.insert(all: nodes)
        #expect(heap.referencedCount == 2)

        unsafe heap.setReferenced(true, nodes[0])
        unsafe heap.setReferenced(false, nodes[1])
        unsafe heap.setReferenced(false, nodes[2])
        #expect(heap.referencedCount == 1)

        _ = unsafe heap.popExpired(now: 10)
        #expect(heap.referencedCount == 0)
        unsafe heap.remove(nodes[1])
        #expect(heap.referencedCount == 0)
        #expect(heap.count == 1)
    }

    @Test func `sets and cancels 100,000 timers and gives the memory back`() {
        let heap = TimerHeap()
        var random = SeededGenerator(state: 1)
        let nodes = TimerNodes((0..<100_000).map { _ in random.next() })
        let small = heap.capacity

        heap.insert(all: nodes)
        #expect(heap.count == 100_000)
        for index in 0..<100_000 { unsafe heap.remove(nodes[index]) }

        #expect(heap.count == 0)
        #expect(heap.referencedCount == 0)
        #expect(heap.capacity == small)
    }

    @Test func `traps on a timer that is put in twice`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let heap = TimerHeap()
            let nodes = TimerNodes([10])
            heap.insert(all: nodes)
            heap.insert(all: nodes)
        }

        #expect(result.errorText.contains("a timer can be in one heap only"))
    }

    @Test func `traps on a timer that is removed from another heap`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let nodes = TimerNodes([10])
            let others = TimerNodes([20])
            let heap = TimerHeap()
            heap.insert(all: nodes)
            let other = TimerHeap()
            other.insert(all: others)
            unsafe other.remove(nodes[0])
        }

        #expect(result.errorText.contains("a timer was removed from a heap that it is not in"))
    }
}
