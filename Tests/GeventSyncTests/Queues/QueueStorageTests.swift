// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite(.serialized) struct QueueStorageTests {
    @Test func `calls each part of a storage of one's own once`() throws {
        let log = StorageLog.fresh()
        let queue = BlockingQueue<LoggedStorage>()
        log.calls = []

        try queue.put(1)
        _ = try queue.get()

        #expect(log.calls.filter { $0 != "count" } == ["insert", "remove"])
    }

    @Test func `asks the storage for what it shows`() throws {
        let log = StorageLog.fresh()
        let queue = BlockingQueue<LoggedStorage>([1])
        log.calls = []

        try #expect(queue.peek() == 1)

        #expect(log.calls.filter { $0 != "count" } == ["first"])
    }

    @Test func `gives elements out as the storage says`() throws {
        let queue = BlockingQueue<DistinctStorage>()

        for element in [1, 1, 2, 1, 2] { try queue.put(element) }

        #expect(queue.count == 2)
        try #expect(queue.drain().sorted() == [1, 2])
    }

    @Test func `waits as for any other storage`() throws {
        try onHub {
            let queue = BlockingQueue<DistinctStorage>([1, 2], maxSize: 2)
            let putters = [1, 3].map { element in spawn { try queue.put(element) } }
            try idle()
            #expect(queue.putterCount == 2)

            _ = try queue.get()
            _ = try queue.get()

            try joinAll(putters, raiseError: true)
            #expect(queue.putterCount == 0)
        }
    }

    @Test func `is freed with the queue when it cannot be copied`() throws {
        let log = StorageLog.fresh()

        do { _ = BlockingQueue<LoggedStorage>([1, 2]) }

        #expect(log.calls.last == "deinit")
    }
}

/// What was called.
private final class StorageLog: @unchecked Sendable {
    // SAFETY: one test of the suite runs at a time.
    static let shared = StorageLog()
    var calls: [String] = []

    static func fresh() -> StorageLog {
        shared.calls = []
        return shared
    }
}

/// Keeps a single list of numbers, and notes each call.
private struct LoggedStorage: QueueStorage, ~Copyable {
    private var elements: [Int] = []
    private let log = StorageLog.shared

    init() { log.calls.append("init") }

    deinit { log.calls.append("deinit") }

    var count: Int {
        log.calls.append("count")
        return elements.count
    }

    var first: Int? {
        log.calls.append("first")
        return elements.first
    }

    mutating func insert(_ element: consuming Int) {
        log.calls.append("insert")
        elements.append(element)
    }

    mutating func remove() -> Int {
        log.calls.append("remove")
        return elements.removeFirst()
    }
}

/// Keeps each element once.
private struct DistinctStorage: QueueStorage {
    private var elements: Set<Int> = []

    init() {}

    var count: Int { elements.count }
    var first: Int? { elements.first }

    mutating func insert(_ element: consuming Int) { elements.insert(element) }
    mutating func remove() -> Int { elements.removeFirst() }
}
