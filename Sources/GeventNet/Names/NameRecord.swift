// SPDX-License-Identifier: Apache-2.0

/// A record that name servers keep under a name.
public enum NameRecord: Hashable, Sendable {
    /// The kinds that can be asked for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Where a service is.
        case srv = "SRV"

        /// Free text.
        case txt = "TXT"

        /// Where mail goes.
        case mx = "MX"
    }

    /// Where a service is.
    case srv(SRVRecord)

    /// Free text.
    case txt(TXTRecord)

    /// Where mail goes.
    case mx(MXRecord)
}

/// Where a service is (RFC 2782).
public struct SRVRecord: Hashable, Sendable {
    /// The host; `.` says that the service is not to be had.
    public var host: String

    /// The port.
    public var port: UInt16

    /// Lower ones are tried first.
    public var priority: UInt16

    /// Among those of one priority, each gets a share of the clients by its weight.
    public var weight: UInt16

    /// A record.
    public init(host: String, port: UInt16, priority: UInt16, weight: UInt16) {
        self.host = host
        self.port = port
        self.priority = priority
        self.weight = weight
    }
}

/// Where mail goes (RFC 5321).
public struct MXRecord: Hashable, Sendable {
    /// The host; `.` says that the name takes no mail (RFC 7505).
    public var host: String

    /// Lower ones are tried first.
    public var preference: UInt16

    /// A record.
    public init(host: String, preference: UInt16) {
        self.host = host
        self.preference = preference
    }
}

/// Free text under a name (RFC 1035), such as a mail policy.
public struct TXTRecord: Hashable, Sendable {
    /// The pieces of up to 255 bytes that it came in; whatever the server says, unchecked.
    public var pieces: [[UInt8]]

    /// A record.
    public init(pieces: [[UInt8]]) {
        self.pieces = pieces
    }

    /// The pieces in one; what is not UTF-8 is replaced.
    public var text: String { String(decoding: pieces.joined(), as: UTF8.self) }
}
