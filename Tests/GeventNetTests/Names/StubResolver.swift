// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem

/// Answers what the test says, and counts how often it was asked.
final class StubResolver: Resolver {
    private let count = Guarded(0)
    private let answer: @Sendable (String) throws -> [SocketAddress]

    init(_ answer: @escaping @Sendable (String) throws -> [SocketAddress]) {
        self.answer = answer
    }

    /// How often it was asked.
    var questions: Int { count.withLock { $0 } }

    func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        count.withLock { $0 += 1 }
        return try answer(host).map { $0.with(port: port) }
    }

    func name(of address: SocketAddress) throws -> String {
        count.withLock { $0 += 1 }
        return "fake.test"
    }
}
