// SPDX-License-Identifier: Apache-2.0
import GeventSync

/// The kinds of queue that keep elements, for what all of them promise.
enum QueueKind: CaseIterable {
    case fifo
    case lifo
    case priority

    /// A queue of this kind, behind one face.
    func make<Element: Comparable>(
        _ elements: [Element] = [], maxSize: Int? = nil
    ) -> any AnyQueue<Element> {
        switch self {
        case .fifo: Queue(elements, maxSize: maxSize)
        case .lifo: LifoQueue(elements, maxSize: maxSize)
        case .priority: PriorityQueue(elements, maxSize: maxSize)
        }
    }

    /// The order in which elements come out that were put in smallest first.
    func order(of ascending: [Int]) -> [Int] { self == .lifo ? ascending.reversed() : ascending }
}

/// What the kinds of queue have in common.
protocol AnyQueue<Element>: AnyObject {
    associatedtype Element
    var count: Int { get }
    var isEmpty: Bool { get }
    var isFull: Bool { get }
    var maxSize: Int? { get set }
    var getterCount: Int { get }
    var putterCount: Int { get }
    var unfinishedTasks: Int { get }
    func put(_ element: Element, block: Bool, timeout: Duration?) throws
    func putNowait(_ element: Element) throws
    func get(block: Bool, timeout: Duration?) throws -> Element
    func getNowait() throws -> Element
    func peek(block: Bool, timeout: Duration?) throws -> Element
    func peekNowait() throws -> Element
    func taskDone()
    func join(timeout: Duration?) throws -> Bool
    func shutdown(immediate: Bool)
    func forEach(_ body: (Element) throws -> Void) throws
}

extension AnyQueue {
    func put(_ element: Element, timeout: Duration? = nil) throws {
        try put(element, block: true, timeout: timeout)
    }

    func get(timeout: Duration? = nil) throws -> Element { try get(block: true, timeout: timeout) }

    func peek(timeout: Duration? = nil) throws -> Element {
        try peek(block: true, timeout: timeout)
    }

    /// All that is in the queue now.
    func drain() throws -> [Element] {
        var elements: [Element] = []
        while !isEmpty { elements.append(try getNowait()) }
        return elements
    }
}

extension BlockingQueue: AnyQueue where Storage: ~Copyable {}
