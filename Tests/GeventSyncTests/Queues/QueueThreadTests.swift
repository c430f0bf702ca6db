// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct QueueThreadTests {
    @Test func `hands elements of a thread without a hub to greenlets, in order`() throws {
        let elements = try onHub {
            Hub.current.keepAlive()
            let queue = Queue<Int>()
            let thread = try onForeignThread {
                for number in 0..<1_000 { try? queue.putNowait(number) }
            }

            let elements = try (0..<1_000).map { _ in try queue.get(timeout: plenty) }

            thread.join()
            return elements
        }

        #expect(elements == Array(0..<1_000))
    }

    @Test func `lets waiting putters in when a thread without a hub takes elements`() throws {
        try onHub {
            Hub.current.keepAlive()
            let queue = Queue([0], maxSize: 1)
            let putter = spawn {
                for number in 1...3 { try queue.put(number, timeout: plenty) }
            }
            let thread = try onForeignThread {
                var taken = 0
                while taken < 4 { if (try? queue.getNowait()) == taken { taken += 1 } }
            }

            try putter.get()

            thread.join()
            #expect(queue.isEmpty)
        }
    }

    @Test func `makes no hub on a thread that does not wait`() throws {
        let hadHub = try onBareThread {
            let queue = Queue<Int>(maxSize: 1)
            try? queue.putNowait(1)
            try? queue.putNowait(2)
            _ = try? queue.peekNowait()
            _ = try? queue.getNowait()
            _ = try? queue.getNowait()
            queue.taskDone()
            queue.shutdown(immediate: true)
            return Hub.currentIfExists != nil
        }

        #expect(!hadHub)
    }

    @Test func `shuts down from a thread without a hub`() throws {
        try onHub {
            Hub.current.keepAlive()
            let queue = Queue<Int>()
            let thread = try onForeignThread { queue.shutdown() }

            #expect(throws: QueueShutDown()) { try queue.get(timeout: plenty) }

            thread.join()
        }
    }

    @Test(arguments: [1, 3])
    func `carries everything from one hub to another, in order`(maxSize: Int) throws {
        let count = 1_000
        let queue = Queue<Int>(maxSize: maxSize)
        let producer = try NativeThread(name: "producer") {
            try? onHub {
                Hub.current.keepAlive()
                for number in 0..<count { try queue.put(number) }
                queue.shutdown()
            }
        }

        let elements = try onHub {
            Hub.current.keepAlive()
            var elements: [Int] = []
            try queue.forEach { elements.append($0) }
            return elements
        }

        producer.join()
        #expect(elements == Array(0..<count))
    }

    @Test func `hands over through a channel between two hubs`() throws {
        let count = 500
        let channel = Channel<Int>()
        let producer = try NativeThread(name: "producer") {
            try? onHub {
                Hub.current.keepAlive()
                for number in 0..<count { try channel.put(number, timeout: plenty) }
            }
        }

        let elements = try onHub {
            Hub.current.keepAlive()
            return try (0..<count).map { _ in try channel.get(timeout: plenty) }
        }

        producer.join()
        #expect(elements == Array(0..<count))
    }

    @Test func `loses nothing to greenlets of another hub that are killed`() throws {
        let count = 300
        let queue = Queue<Int>(maxSize: 2)
        let producer = try NativeThread(name: "producer") {
            try? onHub {
                Hub.current.keepAlive()
                for number in 0..<count { try queue.put(number, timeout: plenty) }
                queue.shutdown()
            }
        }

        let elements = try onHub {
            Hub.current.keepAlive()
            var elements: [Int] = []
            while !queue.isShutDown || !queue.isEmpty {
                let getters = (0..<3).map { _ in
                    spawn { try queue.forEach { elements.append($0) } }
                }
                try sleep()
                try killAll(getters)
            }
            return elements
        }

        producer.join()
        #expect(elements.sorted() == Array(0..<count))
    }
}
