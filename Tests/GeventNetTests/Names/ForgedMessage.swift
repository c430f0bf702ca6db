// SPDX-License-Identifier: Apache-2.0

/// A question as a name server sees it.
struct ForgedQuery {
    let id: UInt16
    /// The name in lower case, without a dot at its end.
    let name: String
    let type: UInt16
    /// The question's own bytes.
    let question: [UInt8]
    let isTCP: Bool

    init?(_ bytes: [UInt8], isTCP: Bool) {
        guard bytes.count > 12 else { return nil }
        var labels: [String] = []
        var position = 12
        while position < bytes.count, bytes[position] != 0 {
            let end = position + 1 + Int(bytes[position])
            guard end < bytes.count else { return nil }
            labels.append(String(decoding: bytes[position + 1..<end], as: UTF8.self))
            position = end
        }
        guard position + 5 <= bytes.count else { return nil }
        id = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        name = labels.joined(separator: ".").lowercased()
        type = UInt16(bytes[position + 1]) << 8 | UInt16(bytes[position + 2])
        question = Array(bytes[12..<position + 5])
        self.isTCP = isTCP
    }

    /// Whether IPv4 addresses are asked for.
    var isIPv4: Bool { type == 1 }
}

/// An answer that need not keep to any rule.
struct ForgedMessage {
    var id: UInt16
    var flags: UInt16 = 0x8180
    var question: [UInt8]
    var answers: [[UInt8]] = []
    /// What the header says, if not the truth.
    var answerCount: UInt16?

    init(to query: ForgedQuery, _ answers: [[UInt8]] = []) {
        id = query.id
        question = query.question
        self.answers = answers
    }

    /// The response code.
    var code: UInt16 {
        get { flags & 0xF }
        set { flags = flags & 0xFFF0 | newValue }
    }

    var isCut: Bool {
        get { flags & 0x0200 != 0 }
        set { flags = newValue ? flags | 0x0200 : flags & ~0x0200 }
    }

    var bytes: [UInt8] {
        let header: [UInt16] = [
            id, flags, 1, answerCount ?? UInt16(answers.count), 0, 0,
        ]
        return header.flatMap(Forged.number) + question + answers.flatMap { $0 }
    }
}

/// Pieces of messages.
enum Forged {
    static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    /// The name of the question, by a pointer to it.
    static let questionName: [UInt8] = [0xC0, 0x0C]

    /// A name in labels, whatever they are.
    static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    static func record(
        _ owner: [UInt8] = questionName, type: UInt16, _ data: [UInt8], length: UInt16? = nil
    ) -> [UInt8] {
        owner + number(type) + number(1) + [0, 0, 0, 60] + number(length ?? UInt16(data.count))
            + data
    }

    static func address(_ last: UInt8, owner: [UInt8] = questionName) -> [UInt8] {
        record(owner, type: 1, [192, 0, 2, last])
    }

    static func alias(_ owner: String, of name: String) -> [UInt8] {
        record(Forged.name(owner), type: 5, Forged.name(name))
    }

    static func pointer(to name: [UInt8]) -> [UInt8] { record(type: 12, name) }

    /// The one IPv4 address of a name, and nothing for other questions.
    static func honest(_ query: ForgedQuery) -> [[UInt8]] {
        [ForgedMessage(to: query, query.isIPv4 ? [address(1)] : []).bytes]
    }
}
