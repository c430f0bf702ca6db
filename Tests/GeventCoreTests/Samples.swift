// SPDX-License-Identifier: Apache-2.0

/// An error that is told apart by its identity.
final class Mistake: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String = "a mistake") { self.description = description }
}

/// Says when it is freed.
final class Witness: @unchecked Sendable {
    // SAFETY: made and freed on the thread of one hub.
    private let onEnd: () -> Void

    init(onEnd: @escaping () -> Void) { self.onEnd = onEnd }

    deinit { onEnd() }
}

/// The error that `body` throws; `nil` if it returns.
func errorOf(_ body: () throws -> Void) -> (any Error)? {
    do { try body() } catch { return error }
    return nil
}
