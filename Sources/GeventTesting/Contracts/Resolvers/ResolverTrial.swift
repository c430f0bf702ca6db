// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSync
internal import GeventSystem

/// One resolver on trial for one clause of the contract.
struct ResolverTrial: Trial {
    let subject: String
    let clause: ResolverContract.Clause
    let made: ResolverContract.Subject

    var clauseName: String { clause.rawValue }
    private var resolver: any Resolver { made.resolver }

    func run() throws {
        switch clause {
        case .knowsThisMachine: try checkMachine()
        case .answersNumbersAtOnce: try checkNumbers()
        case .refusesMalformedNames: try checkMalformed()
        case .saysThatThereIsNone: try checkUnknown()
        case .findsNames: try checkNames()
        case .knowsServices: try checkServices()
        case .answersManyAtOnce: try checkMany()
        case .answersThreadsWithoutHub: try checkOutside()
        case .outlivesThoseWhoGiveUp: try checkGivingUp()
        }
    }

    private func ask(_ name: String) throws -> [SocketAddress] {
        try resolver.addresses(of: name, port: 7, family: nil)
    }

    private func checkMachine() throws {
        let found = try ask("localhost")
        let small = try resolver.addresses(of: "localhost", port: 7, family: .ipv4)
        try require(found.contains(.loopback(port: 7)), "found \(found)")
        try require(Set(found).count == found.count, "repeats itself: \(found)")
        try require(small == [.loopback(port: 7)], "found \(small) for IPv4")
    }

    private func checkNumbers() throws {
        try withoutSwitch {
            let found = try ask("192.0.2.1") + ask("::1")
            try require(found.map(\.host) == ["192.0.2.1", "::1"], "found \(found)")
            let scoped = try ask("fe80::1%lo")
            try require(scoped.map(\.scope) == [1], "found \(scoped)")
            let wrong = errorOf { _ = try resolver.addresses(of: "::1", port: 7, family: .ipv4) }
            try require((wrong as? LookupError)?.isNotFound == true, "threw \(text(wrong))")
        }
    }

    private func checkMalformed() throws {
        let names = ["", ".", "a..b", "a\0b", "a\nb", "127.1", "0x7f.1", "[::1]", "ü.test"]
        try withoutSwitch {
            for name in names + [String(repeating: "a.", count: 150)] {
                let error = errorOf { _ = try ask(name) }
                try require((error as? LookupError)?.reason != nil, "\(name): \(text(error))")
            }
        }
    }

    private func withoutSwitch(_ body: () throws -> Void) throws {
        try sleep()
        var hasSwitched = false
        let other = spawn { hasSwitched = true }
        try body()
        try require(!hasSwitched, "let others run")
        try other.join()
    }

    private func checkUnknown() throws {
        let name = "nowhere.invalid"
        let error = errorOf { _ = try ask(name) }
        let lookup = error as? LookupError
        // Where the machine reaches no name server, that is what a resolver says.
        try require(
            lookup?.isNotFound == true || lookup?.isTemporary == true, "threw \(text(error))")
        try require(lookup?.subject == name, "does not say which name: \(text(error))")
    }

    private func checkNames() throws {
        let name = try resolver.name(of: .loopback(port: 80))
        try require(name == "localhost", "calls this machine \(name)")
        let path = try SocketAddress(unixPath: "/run/app.sock")
        let error = errorOf { _ = try resolver.name(of: path) }
        try require(error is LookupError, "threw \(text(error)) for a path")
    }

    private func checkServices() throws {
        let port = try resolver.port(of: "https", over: .tcp)
        let name = try resolver.service(at: 53, over: .udp)
        try require(port == 443 && name == "domain", "\(port) and \(name)")
        let error = errorOf { _ = try resolver.port(of: "nosuch", over: .udp) }
        try require(error is LookupError, "threw \(text(error))")
    }

    private func checkMany() throws {
        let lookups = (0..<100).map { _ in
            spawn { try resolver.addresses(of: "localhost", port: 0, family: .ipv4) }
        }
        try joinAll(lookups)
        let failed = lookups.filter { !$0.isSuccessful }
        try require(failed.isEmpty, "\(failed.count) failed, one with \(text(failed.first?.error))")
    }

    private func checkOutside() throws {
        let resolver = resolver
        Hub.current.keepAlive()
        let answer = AsyncResult<[SocketAddress]>()
        let hasHub = Guarded(false)
        let thread = try NativeThread(name: "asks") {
            let found = Result {
                try resolver.addresses(of: "localhost", port: 7, family: .ipv4)
            }
            hasHub.withLock { $0 = Hub.currentIfExists != nil }
            switch found {
            case .success(let found): answer.set(found)
            case .failure(let error): answer.set(error: error)
            }
        }
        _ = try answer.wait()
        thread.join()
        let found = try answer.get()
        try require(!hasHub.withLock { $0 }, "made a hub for a thread that had none")
        try require(found == [.loopback(port: 7)], "found \(found)")
    }

    private func checkGivingUp() throws {
        let question = { try resolver.addresses(of: made.slowName, port: 0, family: nil) }
        try made.stall()
        let killed = spawn(question)
        let late = spawn { try withTimeout(.milliseconds(5), question) }
        try settle(killed)
        let waiter = spawn(question)
        try settle(waiter)
        try killed.kill()
        try require(killed.isKilled, "was not killed")
        try late.join()
        try require(late.error is Timeout, "threw \(text(late.error)) in place of a timeout")
        try require(!waiter.isReady, "ended who had not given up")
        made.release()
        try waiter.kill()
        let found = try resolver.addresses(of: "localhost", port: 7, family: .ipv4)
        try require(found == [.loopback(port: 7)], "found \(found) in the end")
    }
}
