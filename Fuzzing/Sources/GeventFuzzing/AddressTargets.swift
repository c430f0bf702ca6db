// SPDX-License-Identifier: Apache-2.0
internal import GeventNet
internal import GeventSystem

extension FuzzTarget {
    /// Addresses in numbers, paths, abstract names, and what the kernel may write.
    static let addresses = FuzzTarget("addresses") { input in
        switch input.number(below: 4) {
        case 0: try checkNumbers(&input)
        case 1: try checkPath(input.text())
        case 2: try checkName(input.rest())
        default: try checkBytes(input.rest())
        }
    }

    private static func checkNumbers(_ input: inout FuzzInput) throws {
        let port = input.short()
        let text = input.text()
        guard let address = SocketAddress(text, port: port) else {
            return try check(!isPlainIPv4(text), "\(text) is an IPv4 address")
        }
        try check(address.port == port, "\(text) came out with port \(address.port ?? 0)")
        guard let host = address.host else { throw Finding(description: "\(text) has no host") }
        let again = SocketAddress(host, port: port)
        try check(again == address, "\(text) became \(host), which is another address")
        try check(address.family == .ipv6 || host == text, "\(text) became \(host)")
        try checkBothWays(address)
    }

    private static func checkPath(_ path: String) throws {
        let mayBe = (1...107).contains(path.utf8.count) && !path.utf8.contains(0)
        guard let address = try? SocketAddress(unixPath: path) else {
            return try check(!mayBe, "the path \(path) was refused")
        }
        try check(mayBe, "the path \(path) was taken")
        try check(
            address.unixPath.map { Array($0.utf8) } == Array(path.utf8), "\(path) was changed")
        // The form with "@" is that of abstract names.
        if path.utf8.first != UInt8(ascii: "@") { try checkBothWays(address) }
    }

    private static func checkName(_ name: [UInt8]) throws {
        guard let address = try? SocketAddress(abstractName: name) else {
            return try check(name.count > 107, "an abstract name was refused")
        }
        try check(name.count <= 107, "an abstract name was taken")
        try check(address.abstractName == name, "an abstract name was changed")
        try check(address.unixPath == nil, "an abstract name is taken for a path")
        let isText = Array(String(decoding: name, as: UTF8.self).utf8) == name
        if isText && !name.isEmpty { try checkBothWays(address) }
        try checkRecord(address)
    }

    private static func checkBytes(_ bytes: [UInt8]) throws {
        // SAFETY: the bytes are lent for the call.
        guard let address = unsafe bytes.withUnsafeBytes({ unsafe SocketAddress(bytes: $0) }) else {
            return
        }
        try checkRecord(address)
        try check(!address.description.isEmpty, "an address has no text")
        guard let host = address.host else { return }
        let again = SocketAddress(host, port: address.port ?? 0)
        try check(again == address, "\(host) is another address than the one it is the text of")
    }

    private static func checkBothWays(_ address: SocketAddress) throws {
        try checkRecord(address)
        let text = address.description
        let place = try? ListenerAddress(text)
        try check(place == ListenerAddress(address), "\(text) is read as \(place as Any)")
    }

    /// What the kernel is given comes back as the same address, and the kernel would take it.
    private static func checkRecord(_ address: SocketAddress) throws {
        // SAFETY: the bytes are lent for the call.
        let (again, count) = unsafe address.withBytes { bytes in
            (unsafe SocketAddress(bytes: bytes), bytes.count)
        }
        try check(again == address, "\(address) came back from its bytes as \(again as Any)")
        let most =
            switch address.family {
            case .ipv4: 16
            case .ipv6: 28
            case .unix: 110
            }
        try check(count <= most, "\(address) has \(count) bytes for the kernel")
    }

    private static func isPlainIPv4(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard let number = UInt8(String(decoding: part, as: UTF8.self)) else {
                    return false
                }
                return Array("\(number)".utf8) == Array(part)
            }
    }
}
