// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventSystem

/// Records in good order, and what is to come of them.
struct DNSRecords {
    private let records: [[UInt8]]
    private let type: UInt8
    private var addresses: Set<SocketAddress> = []
    private var names: [String] = []
    private var numbers: [[UInt16]] = []
    private var texts: [[[UInt8]]] = []

    /// Up to three of a kind: 0…2 are addresses, then come names, mail, texts and services.
    init(_ kind: Int, _ input: inout FuzzInput) {
        type = [1, 28, 1, 12, 15, 16, 33][kind]
        var records: [[UInt8]] = []
        for _ in 0...input.number(below: 3) {
            var data: [UInt8] = []
            let numbers = (0..<3).prefix([15: 1, 33: 3][type] ?? 0).map { _ in input.short() }
            data += numbers.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            switch type {
            case 1: data += Self.address(&input, 4, &addresses)
            case 28: data += Self.address(&input, 16, &addresses)
            case 16: data += Self.text(&input, &texts)
            default: data += Self.name(&input, &names)
            }
            self.numbers.append(numbers)
            records.append(DNSQuestion.record(type, data))
        }
        self.records = records
    }

    /// To a question of another type there is no answer.
    func answer(to question: DNSQuestion) -> [UInt8] {
        question.type == type
            ? question.answer(UInt16(records.count), Array(records.joined()))
            : question.answer(0, [])
    }

    func check(_ found: [SocketAddress]?) throws {
        try GeventFuzzing.check(
            Set(found ?? []) == addresses, "\(addresses) came out as \(found ?? [])")
    }

    /// Of several names c-ares tells one.
    func check(_ found: [String]?) throws {
        try GeventFuzzing.check(
            found?.count == 1 && names.contains(found?.first ?? ""),
            "\(names) came out as \(found ?? [])")
    }

    func check(_ found: [AresRecord]?) throws {
        let found = found ?? []
        try GeventFuzzing.check(
            found.count == records.count, "\(found.count) of \(records.count) records came out")
        for (index, record) in found.enumerated() {
            switch record {
            case .mail(let host, let preference):
                try compare(index, host, [preference])
            case .service(let host, let port, let priority, let weight):
                try compare(index, host, [priority, weight, port])
            case .text(let pieces):
                try GeventFuzzing.check(
                    pieces == texts[index], "\(texts[index]) came out as \(pieces)")
            }
        }
    }

    private func compare(_ index: Int, _ host: String, _ found: [UInt16]) throws {
        try GeventFuzzing.check(
            host == names[index] && found == numbers[index],
            "\(names[index]) \(numbers[index]) came out as \(host) \(found)")
    }

    private static func address(
        _ input: inout FuzzInput, _ count: Int, _ all: inout Set<SocketAddress>
    ) -> [UInt8] {
        var bytes = input.piece(count)
        bytes += [UInt8](repeating: 1, count: count - bytes.count)
        let groups = stride(from: 0, to: count, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        let text =
            count == 4
            ? bytes.map { "\($0)" }.joined(separator: ".") : groups.joined(separator: ":")
        if let address = SocketAddress(text, port: 7) { all.insert(address) }
        return bytes
    }

    private static func text(_ input: inout FuzzInput, _ all: inout [[[UInt8]]]) -> [UInt8] {
        let pieces = (0...input.number(below: 3)).map { _ in input.piece(Int(input.byte())) }
        all.append(pieces)
        return pieces.flatMap { [UInt8($0.count)] + $0 }
    }

    private static func name(_ input: inout FuzzInput, _ all: inout [String]) -> [UInt8] {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let labels = (0...input.number(below: 3)).map { _ in
            (0...input.number(below: 63)).map { _ in letters[input.number(below: letters.count)] }
        }
        all.append(labels.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "."))
        return labels.flatMap { [UInt8($0.count)] + $0 } + [0]
    }
}
#endif
