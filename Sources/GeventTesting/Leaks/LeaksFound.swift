// SPDX-License-Identifier: Apache-2.0

/// Something that was left behind.
///
/// gevent: none.
public struct Leak: Hashable, Sendable, CustomStringConvertible {
    /// Of which kind it is; always one.
    public let kind: LeakKinds
    /// What it is, by name, wait and spawn site, or by number and file.
    public let description: String

    /// Something of a kind, for a comparison.
    public init(kind: LeakKinds, description: String) {
        self.kind = kind
        self.description = description
    }
}

/// A body has left something behind.
///
/// gevent: the failures of `gevent.testing.leakcheck`.
public struct LeaksFound: Error, Sendable, CustomStringConvertible {
    /// What was left, greenlets first.
    public let leaks: [Leak]

    /// What was left, one a line.
    public var description: String {
        "left behind:\n" + leaks.map { "  \($0)" }.joined(separator: "\n")
    }
}
