// SPDX-License-Identifier: Apache-2.0

/// The rules that a name has to keep before anybody is asked for it, and after anybody has told it.
package enum HostName {
    /// What a name is the name of.
    package enum Use: Sendable {
        /// A host: letters, digits, hyphens and underscores in its labels.
        case host

        /// A record: whatever can be seen, without spaces and backslashes.
        case record
    }

    /// The addresses of a host that need no look-up: those of an address in numbers.
    ///
    /// - Returns: `nil` if `host` is a name, which has to be looked up.
    /// - Throws: ``LookupError`` for what is neither an address nor a name, and for an address of
    ///   another family than `family`.
    package static func numbers(
        _ host: String, port: UInt16, family: SocketAddress.Family?
    ) throws(LookupError) -> SocketAddress? {
        require(family != .unix, "a host has no Unix address")
        guard let address = SocketAddress(host, port: port) else {
            try check(host)
            return nil
        }
        if let family, family != address.family { throw .wrongFamily(host) }
        return address
    }

    /// Throws for a name that cannot be one.
    ///
    /// - Throws: ``LookupError`` `EAI_NONAME` with the reason in a clause.
    package static func check(_ name: String, as use: Use = .host) throws(LookupError) {
        if let why = fault(of: Array(name.utf8), use) { throw .malformed(name, why) }
    }

    /// Whether a name that came in an answer may be passed on.
    package static func isPresentable(_ name: String, as use: Use = .host) -> Bool {
        fault(of: Array(name.utf8), use) == nil
    }

    private static func fault(of name: [UInt8], _ use: Use) -> String? {
        // The dot of the root says that no search list is to be tried, and counts for nothing else.
        let bytes = name.last == UInt8(ascii: ".") ? name.dropLast() : name[...]
        if bytes.isEmpty { return "a name has at least one label" }
        if bytes.count > 253 { return "a name has at most 253 bytes" }
        if let byte = bytes.first(where: { !isAllowed($0, use) }) { return fault(of: byte, bytes) }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        for label in labels {
            if label.isEmpty { return "a label of the name is empty" }
            if label.count > 63 { return "a label has at most 63 bytes" }
        }
        if use == .host, let last = labels.last, isNumber(last) {
            return "an address has four numbers from 0 to 255 with dots between them"
        }
        return nil
    }

    private static func fault(of byte: UInt8, _ bytes: ArraySlice<UInt8>) -> String {
        if byte < 0x20 || byte == 0x7F { return "a name has no control characters" }
        if byte > 0x7F { return "a name beyond ASCII is written in its xn-- form" }
        if bytes.contains(UInt8(ascii: ":")) {
            return "an IPv6 address is written without brackets, and with an interface that exists"
        }
        return "a name has no '\(Character(Unicode.Scalar(byte)))' in it"
    }

    private static func isAllowed(_ byte: UInt8, _ use: Use) -> Bool {
        switch (byte, use) {
        case (UInt8(ascii: "\\"), _): false
        case (0x21...0x7E, .record): true
        case (UInt8(ascii: "a")...UInt8(ascii: "z"), _), (UInt8(ascii: "A")...UInt8(ascii: "Z"), _),
            (UInt8(ascii: "0")...UInt8(ascii: "9"), _):
            true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
    }

    // "127.1" and "0x7f.1" are addresses for inet_aton(3), and names for the rest of the world. No
    // name ends in a number (RFC 3696, 2), so they are neither here.
    private static func isNumber(_ label: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: label, as: UTF8.self).lowercased()
        if text.hasPrefix("0x") { return text.dropFirst(2).allSatisfy(\.isHexDigit) }
        return text.allSatisfy { ("0"..."9").contains($0) }
    }
}
