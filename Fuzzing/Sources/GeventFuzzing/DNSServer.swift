// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventSystem

/// A name server whose answers are made up, and the channel that asks it; nobody waits.
final class DNSServer {
    let address: SocketAddress
    let socket: Descriptor
    /// The names that were asked for, in lower case.
    private(set) var asked: [String] = []

    init() throws {
        socket = try SocketCalls.open(.ipv4, .datagram)
        try SocketCalls.bind(socket.number, to: .loopback(port: 0))
        guard let address = try SocketCalls.localAddress(socket.number) else {
            throw Finding(description: "a bound socket has no address")
        }
        self.address = address
    }

    /// Answers the questions of `channel`, until it has none or has heard nothing new, and gives up
    /// what is open then.
    func serve(
        _ channel: AresChannel, _ sockets: DNSSockets, _ forge: (DNSQuestion) -> [UInt8]
    ) throws {
        for _ in 0..<32 {
            guard channel.patience != nil, try answer(forge) else { break }
            for number in sockets.numbers { channel.process(readable: number) }
        }
        channel.cancel()
        _ = try answer { _ in [] }
        try check(channel.patience == nil, "a question is open that was given up")
    }

    /// Whether there was a question.
    private func answer(_ forge: (DNSQuestion) -> [UInt8]) throws -> Bool {
        var count = 0
        while true {
            var bytes = [UInt8](repeating: 0, count: 1024)
            var span = bytes.mutableSpan
            // SAFETY: bytes have no padding.
            var room = unsafe span.mutableBytes
            guard
                case .done(let datagram) = try Transfer.receiveDatagram(socket.number, into: &room)
            else { return count > 0 }
            count += 1
            let question = DNSQuestion(Array(bytes.prefix(datagram.byteCount)))
            guard let question, let sender = datagram.sender else { continue }
            asked.append(question.name)
            // SAFETY: as above.
            _ = try Transfer.sendDatagram(
                socket.number, unsafe forge(question).span.bytes, to: sender)
        }
    }

    func forgetAll() { asked = [] }
}

/// The sockets that a channel has open.
final class DNSSockets {
    private(set) var numbers: Set<Int32> = []

    init(of channel: AresChannel) {
        channel.onSocketChange { [unowned self] change in
            if change.isLast {
                numbers.remove(change.number)
            } else {
                numbers.insert(change.number)
            }
        }
    }
}

/// A question as it came over the wire.
struct DNSQuestion {
    let id: [UInt8]
    let name: String
    let type: UInt8
    /// The name, the type and the class.
    let bytes: [UInt8]

    init?(_ message: [UInt8]) {
        var labels: [String] = []
        var place = 12
        while place < message.count, message[place] != 0 {
            let end = place + 1 + Int(message[place])
            guard end < message.count else { return nil }
            labels.append(String(decoding: message[place + 1..<end], as: UTF8.self))
            place = end
        }
        guard place + 5 <= message.count else { return nil }
        id = Array(message[0..<2])
        name = labels.joined(separator: ".").lowercased()
        type = message[place + 2]
        bytes = Array(message[12..<place + 5])
    }

    /// An answer to it with so many records, which follow.
    func answer(_ count: UInt16, _ records: [UInt8], code: UInt8 = 0) -> [UInt8] {
        id + [0x81, 0x80 | code & 0xF, 0, 1, UInt8(count >> 8), UInt8(count & 0xFF), 0, 0, 0, 0]
            + bytes + records
    }

    /// A record about the name in it.
    static func record(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xC0, 12, 0, type, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 0xFF)]
            + data
    }
}
#endif
