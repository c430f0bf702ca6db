// SPDX-License-Identifier: Apache-2.0
internal import GeventNet
internal import GeventSystem

extension FuzzTarget {
    /// What is a name, what an address in numbers, and what neither.
    static let hosts = FuzzTarget("hosts") { input in
        let isRecord = input.flag()
        let text = input.text()
        if isRecord {
            let isName = HostName.isPresentable(text, as: .record)
            return try check(
                isName
                    == isDomain(text, { !" \\".utf8.contains($0) && (0x20...0x7E).contains($0) }),
                "\(text) \(isName ? "is" : "is not") the name of a record")
        }
        let isName = isDomain(text, isOfHost) && !endsInNumber(text)
        try check(HostName.isPresentable(text) == isName, "\(text): a name is \(!isName)")
        do {
            let address = try HostName.numbers(text, port: 5, family: nil)
            let expected = SocketAddress(text, port: 5)
            try check(address == expected, "\(text) is taken for \(address as Any)")
            try check((address != nil) != isName, "\(text) is a name and an address, or neither")
        } catch let error as LookupError {
            try check(!isName, "the name \(text) was refused: \(error)")
            try check(error.isNotFound && error.reason != nil, "\(error) does not say enough")
        }
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber) || byte == 0x2D
            || byte == 0x5F
    }

    /// RFC 1035, 2.3.4: labels of 1 to 63 bytes, 253 with the dots between them.
    private static func isDomain(_ text: String, _ isAllowed: (UInt8) -> Bool) -> Bool {
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        var length = 0
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                if length == 0 { return false }
                length = 0
            } else {
                length += 1
                if length > 63 || !isAllowed(byte) { return false }
            }
        }
        return length > 0 && bytes.count <= 253
    }

    private static func endsInNumber(_ text: String) -> Bool {
        let labels = text.lowercased().split(separator: ".")
        guard let last = labels.last?.utf8 else { return false }
        let digits = Array("0123456789".utf8)
        if last.starts(with: "0x".utf8) {
            return last.dropFirst(2).allSatisfy { (digits + Array("abcdef".utf8)).contains($0) }
        }
        return last.allSatisfy { digits.contains($0) }
    }
}
