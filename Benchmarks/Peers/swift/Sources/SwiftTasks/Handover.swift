// SPDX-License-Identifier: Apache-2.0
import Measure
import Synchronization

/// Two tasks that resume each other: each leaves its continuation in a place of its own.
func measureContinuations(_ count: Int) async {
    let start = now()
    let places = Places()
    await withDiscardingTaskGroup { group in
        for mine in 0..<2 {
            group.addTask {
                for _ in 0..<count / 2 {
                    await withUnsafeContinuation { places.leave($0, at: mine)?.resume() }
                }
                places.take(at: 1 - mine)?.resume()
            }
        }
    }
    report(["ns": each(count, since: start)])
}

private final class Places: Sendable {
    typealias Waiter = UnsafeContinuation<Void, Never>

    private let places = Mutex<[Waiter?]>([nil, nil])

    /// Leaves a continuation, and takes the other side's.
    func leave(_ waiter: Waiter, at place: Int) -> Waiter? {
        places.withLock { places in
            places[place] = waiter
            defer { places[1 - place] = nil }
            return places[1 - place]
        }
    }

    func take(at place: Int) -> Waiter? {
        places.withLock { places in
            defer { places[place] = nil }
            return places[place]
        }
    }
}

/// A number that goes back and forth through two streams.
func measureStreams(_ count: Int) async {
    let (there, giver) = AsyncStream<Int>.makeStream()
    let (back, answerer) = AsyncStream<Int>.makeStream()
    let start = now()
    async let other: Void = {
        var numbers = there.makeAsyncIterator()
        for _ in 0..<count / 2 { answerer.yield(await numbers.next() ?? 0) }
    }()
    var answers = back.makeAsyncIterator()
    for number in 0..<count / 2 {
        giver.yield(number)
        _ = await answers.next()
    }
    await other
    report(["ns": each(count, since: start)])
}
