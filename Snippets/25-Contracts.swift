// A queue of one's own, put to what every queue must keep to.

import Gevent
import GeventTesting

/// Gives out what came last, and knows no limit.
final class HastyQueue {
    private var items: [Int] = []
    private let news = Event()

    func put(_ item: Int) {
        items.append(item)
        news.set()
    }

    func get(_ timeout: Duration?) throws -> Int {
        while items.isEmpty {
            news.clear()
            guard try news.wait(timeout: timeout) else { throw QueueEmpty() }
        }
        return items.removeLast()
    }
}

let contract = QueueContract("HastyQueue") { _ in
    let queue = HastyQueue()
    return .init(
        put: { item, _ in queue.put(item) }, get: queue.get, putNowait: queue.put,
        getNowait: { try queue.get(.zero) })
}

// In a test: @Test(arguments: contract.clauses), with `try contract.check(clause)`.
for clause in contract.clauses {
    do { try contract.check(clause) } catch let error as ContractBroken { print(error.clause) }
}
