// SPDX-License-Identifier: Apache-2.0

/// What a link that was made can be taken back by.
public struct LinkToken: Hashable, Sendable {
    /// Which link of its object it is.
    package let number: UInt64

    /// The token of the link with this number on its object.
    package init(number: UInt64) { self.number = number }
}
