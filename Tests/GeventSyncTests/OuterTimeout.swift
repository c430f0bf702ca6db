// SPDX-License-Identifier: Apache-2.0
import GeventCore
import Testing

/// Expects that a timeout around `wait`, which has a longer one of its own, is thrown as it is.
func expectOuterTimeoutPasses(_ wait: () throws -> Void) {
    let outer = Timeout(.milliseconds(3))
    let error = #expect(throws: Timeout.self) { try outer.guarding(wait) }
    #expect(error === outer)
}

/// An error that can be told from others of its kind.
final class Boom: Error {}
