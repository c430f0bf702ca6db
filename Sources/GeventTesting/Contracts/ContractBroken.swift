// SPDX-License-Identifier: Apache-2.0

/// Something does not keep to the contract that it was put to.
///
/// It is thrown out of `check`, so that Swift Testing and XCTest report it as any failure.
///
/// gevent: none; an `assert` within an abstract test case.
public struct ContractBroken: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was put to the contract, by the name that it was given.
    public let subject: String

    /// The clause that is not kept.
    public let clause: String

    /// What happened instead.
    public let complaint: String

    /// Which subject, which clause, and what happened instead.
    public var description: String { "\(subject), \(clause): \(complaint)" }
}
