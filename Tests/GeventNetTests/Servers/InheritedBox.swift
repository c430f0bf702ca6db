// SPDX-License-Identifier: Apache-2.0
import GeventNet
import GeventSystem
import Synchronization

/// A detached socket in a box, for closures that run once.
final class InheritedBox: Sendable {
    private let number: Int32

    init(_ socket: consuming DetachedSocket) { number = socket.release() }

    func take() throws -> DetachedSocket { try DetachedSocket(adopting: number) }
}

/// Numbers for names that no other test of the process has.
enum HubTag {
    private static let last = Atomic<Int>(0)

    static func next() -> String {
        "\(CurrentThread.process)-\(last.add(1, ordering: .relaxed).newValue)"
    }
}
