// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Whom a client wants to talk to, as a certificate names it.
struct HostName: Hashable, Sendable {
    /// In small letters and without a dot at the end; an address without its interface.
    let text: String

    /// Whether it is an address in numbers.
    let isAddress: Bool

    /// Takes a name or an address.
    ///
    /// - Throws: ``TLSError`` `invalidName` for what no certificate can name.
    init(_ host: String) throws {
        if let address = SocketAddress(host, port: 0), let numbers = address.host {
            text = String(numbers.prefix { $0 != "%" })
            isAddress = true
            return
        }
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(Self.isLabel) else {
            let hint = name.utf8.contains { $0 > 127 } ? "; write it in ASCII, as xn--…" : ""
            throw TLSError(.invalidName, reason: "\(host.debugDescription)\(hint)")
        }
        text = name.lowercased()
        isAddress = false
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        (1...63).contains(label.count)
            && label.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
