// SPDX-License-Identifier: Apache-2.0
internal import GeventNet
internal import GeventSystem

extension FuzzTarget {
    /// The texts that say where a server listens.
    static let listeners = FuzzTarget("listeners") { input in
        let text = input.text()
        let place: ListenerAddress
        do { place = try ListenerAddress(text) } catch let error as ListenerAddressError {
            try check(!error.reason.isEmpty, "\(text) is refused for no reason")
            return try check(!isPlain(text), "\(text) was refused: \(error.reason)")
        }
        let written = place.description
        let again = try? ListenerAddress(written)
        try check(again == place, "\(text) became \(written), which is read as \(again as Any)")
        if written.utf8.starts(with: "unix:".utf8) {
            return try check(
                Array(written.utf8) == Array(text.utf8), "\(text) became \(written)")
        }
        // One colon before the port, or a numeric address between brackets.
        let host = Array(written.utf8).reversed().drop { $0 != UInt8(ascii: ":") }.dropFirst()
        let isBracketed = host.last == UInt8(ascii: "[") && host.first == UInt8(ascii: "]")
        try check(
            isBracketed || !host.contains(UInt8(ascii: ":")), "\(text) has a host with a colon")
        try check(
            host.allSatisfy { $0 > 0x20 && $0 != 0x7F }, "\(text) has a host with a blank")
    }

    /// Whether anybody would say that it is a host of small letters with a port of three digits.
    private static func isPlain(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts[0].allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            && parts[1].count == 3
            && parts[1].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
