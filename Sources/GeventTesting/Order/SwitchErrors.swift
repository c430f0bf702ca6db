// SPDX-License-Identifier: Apache-2.0

/// What had to let others run never did.
public struct SwitchesExpected: Error, Sendable, CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String { "no other greenlet could run meanwhile" }
}

/// What must not let others run did.
public struct NoSwitchExpected: Error, Sendable, CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String { "other greenlets could run meanwhile" }
}

/// A greenlet ran for too long without letting others run.
public struct RanTooLong: Error, Sendable, CustomStringConvertible {
    /// How long it ran.
    public let duration: Duration
    /// How long it might have run.
    public let allowed: Duration

    /// What happened, in a sentence.
    public var description: String {
        "somebody ran for \(duration) without letting others run; \(allowed) are allowed"
    }
}
