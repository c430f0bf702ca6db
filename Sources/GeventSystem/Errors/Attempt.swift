// SPDX-License-Identifier: Apache-2.0

/// What a call that never blocks came to.
///
/// `wouldBlock` is no error: the caller waits for readiness and tries again.
package enum Attempt<Value: ~Copyable>: ~Copyable {
    /// The call went through.
    case done(Value)

    /// Nothing could be done without blocking.
    case wouldBlock
}

extension Attempt: Copyable where Value: Copyable {}
extension Attempt: Sendable where Value: Sendable & ~Copyable {}
extension Attempt: Equatable where Value: Equatable {}
