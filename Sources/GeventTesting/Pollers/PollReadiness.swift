// SPDX-License-Identifier: Apache-2.0
internal import GeventLoop

/// What a descriptor is ready for, as a poller reports it.
///
/// gevent: the events of `loop.io`.
public struct PollReadiness: OptionSet, Hashable, Sendable {
    /// One bit for each.
    public let rawValue: UInt8

    /// Takes the bits as they are.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// There are bytes, a connection or the end of the stream.
    public static let readable = of(.readable)

    /// There is room to write.
    public static let writable = of(.writable)

    /// The peer will send no more.
    public static let peerClosed = of(.peerClosed)

    /// Both directions have ended.
    public static let hangup = of(.hangup)

    /// An error waits to be fetched.
    public static let error = of(.error)

    private static func of(_ readiness: Readiness) -> PollReadiness {
        PollReadiness(rawValue: readiness.rawValue)
    }
}
