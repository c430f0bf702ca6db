// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueTaskTests {
    @Test(arguments: QueueKind.allCases)
    func `counts what was put in until it is reported as done`(kind: QueueKind) throws {
        let queue: any AnyQueue<Int> = kind.make()
        var counts = [queue.unfinishedTasks]

        try queue.put(1)
        counts.append(queue.unfinishedTasks)
        _ = try queue.get()
        counts.append(queue.unfinishedTasks)
        queue.taskDone()
        counts.append(queue.unfinishedTasks)

        #expect(counts == [0, 1, 1, 0])
    }

    @Test func `counts what is handed straight to who waits`() throws {
        try onHub {
            let queue = Queue<Int>()
            let getter = spawn { try queue.get() }
            try sleep()

            try queue.put(1)

            #expect(queue.unfinishedTasks == 1)
            _ = try getter.get()
            #expect(queue.unfinishedTasks == 1)
        }
    }

    @Test func `counts what a waiting putter brings once it is in`() throws {
        try onHub {
            let queue = Queue([1], maxSize: 1)
            spawn { try queue.put(2) }
            try idle()
            #expect(queue.unfinishedTasks == 1)

            _ = try queue.get()

            #expect(queue.unfinishedTasks == 2)
        }
    }

    @Test func `does not count what was refused or withdrawn`() throws {
        try onHub {
            let queue = Queue([1], maxSize: 1)

            #expect(throws: QueueFull()) { try queue.putNowait(2) }
            #expect(throws: QueueFull()) { try queue.put(2, timeout: .zero) }

            #expect(queue.unfinishedTasks == 1)
        }
    }

    @Test func `is joined without switching when it was never used`() throws {
        let hasSwitched = try onHub {
            var hasSwitched = false
            spawn { hasSwitched = true }

            try #expect(Queue<Int>().join())

            return hasSwitched
        }

        #expect(!hasSwitched)
    }

    @Test func `is joined when all tasks are done, by everybody who waits`() throws {
        try onHub {
            let queue = Queue<Int>()
            for number in 0..<3 { try queue.put(number) }
            let joiners = (0..<2).map { _ in spawn { try queue.join() } }
            let worker = spawn {
                while true {
                    _ = try queue.get()
                    try sleep()
                    queue.taskDone()
                }
            }

            try #expect(queue.join())

            try joinAll(joiners)
            #expect(joiners.map(\.value) == [true, true])
            try worker.kill()
        }
    }

    @Test func `is not joined when the time has run out`() throws {
        try onHub {
            let queue = Queue([1])

            try #expect(!queue.join(timeout: .milliseconds(1)))
            expectOuterTimeoutPasses { try queue.join(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { try queue.join() }
        }
    }

    @Test func `wakes nobody who was killed while joining`() throws {
        try onHub {
            let queue = Queue([1])
            let joiner = spawn { try queue.join() }
            try sleep()

            try joiner.kill()
            queue.taskDone()

            #expect(joiner.isKilled)
            try #expect(queue.join())
        }
    }

    @Test func `can be joined again after more was put in`() throws {
        try onHub {
            let queue = Queue([1])
            queue.taskDone()
            try #expect(queue.join())

            try queue.put(2)

            try #expect(!queue.join(timeout: .zero))
        }
    }

    @Test func `traps when a task is reported as done that was never put in`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            Queue<Int>().taskDone()
        }

        #expect(result.errorText.contains("taskDone was called more often than put"))
    }

    @Test func `traps when a task is reported as done twice`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let queue = Queue([1])
            queue.taskDone()
            queue.taskDone()
        }

        #expect(result.errorText.contains("taskDone was called more often than put"))
    }
}
