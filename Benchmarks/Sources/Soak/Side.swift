// SPDX-License-Identifier: Apache-2.0
internal import Gevent
internal import GeventTesting
internal import Synchronization

/// What the two hubs have in common.
final class Between: Sendable {
    let port = AsyncResult<UInt16>()
    let remote = AsyncResult<HubRemote>()
    let there = Channel<Int>()
    let back = Channel<Int>()
    let items = Queue<Int>(maxSize: 50)
}

/// A thread with a hub, and what it has in use, as it says once a second.
final class Side: Sendable {
    let greenlets = Atomic(0)
    let stacks = Atomic(0)
    let hasEnded = Atomic(false)
    private let board: Board

    /// Starts the thread, which runs `body` in the main greenlet of its hub.
    init(_ board: Board, _ body: @escaping @Sendable () throws -> [Greenlet<Void>]) {
        self.board = board
        _ = Elsewhere { [self] in
            Hub.current.keepAlive()
            let census = spawn { [self] in try count() }
            do {
                try joinAll(try body(), raiseError: true)
            } catch {
                board.complain("a hub: \(error)")
            }
            try census.kill()
            // Those that a hub leaves behind are killed by its close, so they are counted before.
            for _ in 0..<100 where Hub.current.greenletCount > 0 { try sleep(.milliseconds(10)) }
            for greenlet in Hub.current.greenlets { board.complain("left behind: \(greenlet)") }
            hasEnded.store(true, ordering: .releasing)
        }
    }

    private func count() throws {
        while true {
            let figures = HubFigures()
            greenlets.store(figures.greenlets, ordering: .relaxed)
            stacks.store(figures.stacks, ordering: .relaxed)
            try sleep(.seconds(1))
        }
    }
}

extension Side {
    /// The one that asks: it has the clients.
    static func asking(_ board: Board, _ between: Between) -> Side {
        Side(board) {
            let port = try between.port.get()
            let remote = try between.remote.get()
            let asking = board.work("hub to hub") {
                let number = Int.random(in: 0..<1_000_000)
                try between.there.put(number)
                let answer = try between.back.get()
                try Wrong.unless(answer == number + 1, "a hub gave another answer")
            }
            let putting = (0..<3).map { _ in
                board.work("queue between hubs") { try between.items.put(1) }
            }
            let calling = (0..<2).map { _ in
                board.work("call of a hub") {
                    let answer = try remote.call {
                        try sleep(.milliseconds(1))
                        return 42
                    }
                    try Wrong.unless(answer == 42, "a call gave another answer")
                }
            }
            let clients = (0..<8).map { _ in
                board.work("echo", pause: 20...60) { try Echo.talk(to: port) }
            }
            let looking = (0..<2).map { _ in board.work("look-up", pause: 5...20, Loads.lookUp) }
            let workers = [asking] + putting + calling + clients + looking + Self.common(board)
            try joinAll(workers)
            try between.there.put(-1)
            for _ in 0..<3 { try between.items.put(-1) }
            return []
        }
    }

    /// The one that answers: it has the server.
    static func answering(_ board: Board, _ between: Between) -> Side {
        Side(board) {
            let server = try Echo.server()
            try server.start()
            between.port.set(server.port)
            between.remote.set(Hub.current.remote)
            let answering = spawn {
                while true {
                    let number = try between.there.get()
                    if number < 0 { return }
                    try between.back.put(number + 1)
                }
            }
            let getting = (0..<3).map { _ in spawn { while try between.items.get() >= 0 {} } }
            try joinAll([answering] + getting + Self.common(board), raiseError: true)
            let areDone = try server.stop(timeout: .seconds(5))
            try Wrong.unless(areDone, "a handler of the server does not end")
            return []
        }
    }

    private static func common(_ board: Board) -> [Greenlet<Void>] {
        (0..<4).flatMap { _ in
            [
                board.work("spawn and kill", Loads.greenlets),
                board.work("time limits", Loads.timeouts),
                board.work("queue", Loads.queue),
                board.work("semaphore", Loads.semaphore),
                board.work("pool", Loads.pool),
            ]
        }
    }
}
