// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTesting
import Testing

extension WaitContract {
    /// The ways to wait that the core has.
    static let core: [WaitContract] = [
        WaitContract("sleep", waitsForEver: false) {
            Attempt { limit in
                try sleep(limit ?? .zero)
                return false
            }
        },
        WaitContract("Timeout, silent", waitsForEver: false) {
            Attempt { limit in
                try withTimeout(limit, default: false) {
                    try sleep(.seconds(Int64.max))
                    return true
                }
            }
        },
        WaitContract("Timeout", throwing: isTimeout, waitsForEver: false) {
            Attempt { limit in
                try withTimeout(limit) { try sleep(.seconds(Int64.max)) }
                return true
            }
        },
        WaitContract("Hub.join", worksAnywhere: false, waitsForEver: false) {
            let sleeper = spawn { try sleep(.seconds(Int64.max)) }
            try sleep(.zero)
            return Attempt(finish: { kill(sleeper) }, wait: { try Hub.current.join(timeout: $0) })
        },
        WaitContract("wait for the hub", worksAnywhere: false, waitsForEver: false) {
            let sleeper = spawn { try sleep(.seconds(Int64.max)) }
            try sleep(.zero)
            return Attempt(finish: { kill(sleeper) }, wait: { try wait(timeout: $0) })
        },
        parked("Greenlet.join") { try $0.join(timeout: $1) },
        parked("Greenlet.get", throwing: isTimeout) {
            try $0.get(timeout: $1)
            return true
        },
        parked("joinAll") { try joinAll([$0], timeout: $1).count == 1 },
        linked("joinAll of some") { try joinAll([$0, $0], timeout: $1, count: 1).count == 1 },
        parked("joinAll of different types") {
            try joinAll($0, spawn { 1 }, timeout: $1).count == 2
        },
        linked("joinAll with errors") {
            try joinAll([$0], timeout: $1, raiseError: true).count == 1
        },
        linked("wait") { try wait([$0], timeout: $1).count == 1 },
        linked("wait for different types") {
            try wait([$0 as any Waitable], timeout: $1).count == 1
        },
        linked("waitEach") { greenlet, limit in
            var count = 0
            try waitEach([greenlet], timeout: limit) { _ in count += 1 }
            return count == 1
        },
        shielded("Greenlet.kill") { try $0.kill(throwing: Mistake(), timeout: $1) },
        shielded("killAll", throwing: isTimeout) {
            try killAll([$0], throwing: Mistake(), timeout: $1)
            return true
        },
    ]

    private static let isTimeout: @Sendable (any Error) -> Bool = { $0 is Timeout }

    /// A way to stand in the line of a greenlet that never ends.
    private static func parked(
        _ name: String, throwing isOwnError: (@Sendable (any Error) -> Bool)? = nil,
        wait: @escaping @Sendable (Greenlet<Void>, Duration?) throws -> Bool
    ) -> WaitContract {
        WaitContract(name, throwing: isOwnError) {
            let greenlet = spawn { try idleForEver() }
            try sleep(.zero)
            return Attempt(finish: { kill(greenlet) }, wait: { try wait(greenlet, $0) })
        }
    }

    /// A way to wait for a greenlet that never ends by a link to it.
    private static func linked(
        _ name: String, wait: @escaping @Sendable (Greenlet<Void>, Duration?) throws -> Bool
    ) -> WaitContract {
        WaitContract(name) {
            let greenlet = spawn { try idleForEver() }
            try sleep(.zero)
            return Attempt(
                waiterCount: { greenlet.hasLinks ? 1 : 0 }, finish: { kill(greenlet) },
                wait: { try wait(greenlet, $0) })
        }
    }

    /// A way to wait for a greenlet that takes no notice of being killed, until it is told to end.
    private static func shielded(
        _ name: String, throwing isOwnError: (@Sendable (any Error) -> Bool)? = nil,
        wait: @escaping @Sendable (Greenlet<Void>, Duration?) throws -> Bool
    ) -> WaitContract {
        WaitContract(name, throwing: isOwnError) {
            let end = Greenlet {}
            let greenlet = spawn { _ = try GeventCore.shielded { try end.join() } }
            try sleep(.zero)
            return Attempt(finish: { end.start() }, wait: { try wait(greenlet, $0) })
        }
    }
}

/// Parks the greenlet for something that nobody will do.
func idleForEver() throws {
    try Greenlet {}.join()
}

@Suite struct WaitContractTests {
    @Test(arguments: WaitContract.Clause.allCases, WaitContract.core)
    func `keeps the contract of all waits`(_ clause: WaitContract.Clause, _ contract: WaitContract)
        throws
    {
        try contract.check(clause)
    }
}
