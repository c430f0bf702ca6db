// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync

/// What the server on trial answers.
final class ServerBench {
    let gate = Event()
    var server: ServerContract.Subject?
    var atWork = 0
    var mostAtWork = 0
    var struck = 0
    var hasStopped: Bool?

    struct Mistake: Error {}

    func answer(_ question: String) throws -> String {
        atWork += 1
        mostAtWork = max(mostAtWork, atWork)
        defer { atWork -= 1 }
        switch question {
        case "wait":
            do { try gate.wait() } catch {
                struck += 1
                throw error
            }
            return "waited"
        case "fail": throw Mistake()
        case "stop":
            hasStopped = try server?.stop(nil)
            return "stopped"
        default: return "\(question)?"
        }
    }
}

/// One kind of server on trial for one clause of the contract.
struct ServerTrial: Trial {
    let contract: ServerContract
    let clause: ServerContract.Clause
    let server: ServerContract.Subject
    let bench: ServerBench

    var subject: String { contract.description }
    var clauseName: String { clause.rawValue }

    func run() throws {
        try require(!server.isStarted(), "is started before it was")
        try server.start()
        try require(server.isStarted(), "does not say that it is started")
        switch clause {
        case .servesMany: try checkMany()
        case .startsOnce: try checkStart()
        case .restsAndGoesOn: try checkRest()
        case .limitsHandlers: try checkLimit()
        case .waitsForHandlers: try checkWaiting()
        case .killsHandlers: try checkKilling()
        case .reportsErrors: try checkErrors()
        case .isStoppedByHandlers: try checkStopper()
        case .stopsOnce: try checkStops()
        case .restartsIfItCan: try checkRestart()
        }
    }

    private func expectAnswer(_ question: String = "well") throws {
        let answer = try server.ask(question)
        try require(answer == "\(question)?", "answered \(answer ?? "nothing") to \(question)")
    }

    private func asking(_ question: String) -> Greenlet<String?> {
        let server = server
        return spawn { try server.ask(question) }
    }

    /// Asks what the handler waits with, and lets it come to that.
    private func occupying(_ count: Int = 1) throws -> [Greenlet<String?>] {
        let before = bench.atWork
        let busy = (0..<count).map { _ in asking("wait") }
        try until("the handlers are not started") { bench.atWork == before + count }
        return busy
    }

    private func until(_ complaint: String, _ condition: () -> Bool) throws {
        for _ in 0..<10_000 where !condition() { try sleep(.milliseconds(1)) }
        try require(condition(), complaint)
    }

    private func checkMany() throws {
        let questions = (0..<50).map { "question \($0)" }
        let answers = try questions.map(asking).map { try $0.get() ?? "nothing" }
        try require(answers == questions.map { "\($0)?" }, "answered \(answers)")
    }

    private func checkStart() throws {
        let busy = try occupying()
        try server.start()
        try require(server.isStarted() && !busy[0].isReady, "has begun anew")
        try expectAnswer()
        bench.gate.set()
        try require(try busy[0].get() == "waited", "lost a handler")
    }

    private func checkRest() throws {
        let busy = try occupying()
        try server.stopAccepting()
        try require(server.isStarted(), "says that it is stopped")
        let late = asking("late")
        try settle(late)
        bench.gate.set()
        try require(try busy[0].get() == "waited", "a handler did not go on")
        try server.startAccepting()
        try require(try late.get() == "late?", "did not answer who had waited")
    }

    private func checkLimit() throws {
        let busy = try occupying(2)
        let beyond = asking("beyond")
        try settle(beyond)
        bench.gate.set()
        for greenlet in busy + [beyond] { _ = try greenlet.get() }
        try require(bench.mostAtWork == 2, "had \(bench.mostAtWork) handlers of 2 at once")
    }

    private func checkWaiting() throws {
        let busy = try occupying()
        let server = server
        let stopping = spawn { try server.stop(nil) }
        try settle(stopping)
        bench.gate.set()
        try require(try stopping.get(), "says that handlers go on")
        try require(try busy[0].get() == "waited", "did not let a handler answer")
        try require(!server.isStarted(), "does not say that it is stopped")
    }

    private func checkKilling() throws {
        let busy = try occupying(3)
        try require(try server.stop(.milliseconds(1)), "says that killed handlers go on")
        try require(bench.struck == 3 && bench.atWork == 0, "killed \(bench.struck) of 3 handlers")
        for greenlet in busy { try greenlet.kill() }
    }

    private func checkErrors() throws {
        var reported: [any Error] = []
        Hub.current.errorHandler = { reported.append($0.error) }
        let failing = asking("fail")
        try until("no error was reported") { !reported.isEmpty }
        try require(
            reported.count == 1 && reported[0] is ServerBench.Mistake, "reported \(reported)")
        try failing.kill()
        try expectAnswer()
    }

    private func checkStopper() throws {
        // Without a socket of its own the handler may have nothing to answer by.
        let stopper = asking("stop")
        try until("a handler did not come back from stopping") { bench.hasStopped != nil }
        try require(bench.hasStopped == true, "says that handlers go on")
        try stopper.kill()
        try require(!server.isStarted(), "does not say that it is stopped")
    }

    private func checkStops() throws {
        for _ in 0..<2 { try require(try server.stop(.zero), "says that handlers go on") }
        try require(!server.isStarted(), "does not say that it is stopped")
    }

    private func checkRestart() throws {
        _ = try server.stop(.zero)
        guard contract.canRestart else {
            let error = errorOf { try server.start() }
            try require(error != nil, "started again, though it cannot")
            return try require(!server.isStarted(), "says that it has started")
        }
        try server.start()
        try expectAnswer()
    }
}
