// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventNet
internal import GeventSystem

extension FuzzTarget {
    /// What name servers may answer, raw and in good order.
    static let answers = FuzzTarget("answers") { input in
        let server = try DNSServer()
        var settings = AresSettings()
        settings.servers = [server.address]
        settings.domains = []
        settings.readsHostsFile = false
        settings.ignoresTruncation = true
        settings.tries = 1
        let channel = try AresChannel(settings)
        let sockets = DNSSockets(of: channel)
        let kind = input.number(below: 7)
        let isRaw = input.flag()
        if isRaw {
            try Self.ask(kind, channel, nil) { try server.serve(channel, sockets, Self.raw(input)) }
        } else {
            let records = DNSRecords(kind, &input)
            try Self.ask(kind, channel, records) {
                try server.serve(channel, sockets) { records.answer(to: $0) }
            }
        }
        try check(sockets.numbers.isEmpty, "a socket is left open")
    }

    /// Anything: the whole of an answer, or records behind a sound beginning.
    private static func raw(_ input: FuzzInput) -> (DNSQuestion) -> [UInt8] {
        { question in
            var input = input
            switch input.number(below: 4) {
            case 0: return input.rest()
            case 1: return question.id + input.rest()
            default:
                let code = input.byte()
                return question.answer(input.short() & 0x1FF, input.rest(), code: code)
            }
        }
    }

    private static func ask(
        _ kind: Int, _ channel: AresChannel, _ expected: DNSRecords?, _ serve: () throws -> Void
    ) throws {
        switch kind {
        case 0, 1, 2:
            let family: SocketAddress.Family? = [.ipv4, .ipv6, nil][kind]
            let addresses = try once(serve) { done in
                channel.askAddresses(of: "host.test", port: 7, family: family, done)
            }
            try check(addresses?.isEmpty != true, "an answer without an address is a success")
            try check(
                addresses?.allSatisfy { $0.port == 7 && (family ?? $0.family) == $0.family }
                    != false,
                "an address of the wrong family or port")
            try expected?.check(addresses)
        case 3:
            let name = try once(serve) { channel.askName(of: .loopback(port: 0), $0) }
            if let name { _ = HostName.isPresentable(name) }
            try expected?.check(name.map { [$0] })
        default:
            let type: AresRecord.Kind = [.mail, .text, .service][kind - 4]
            let records = try once(serve) { channel.askRecords(of: "host.test", type: type, $0) }
            try check(records?.isEmpty != true, "an answer without a record is a success")
            try checkRecords(records ?? [])
            try expected?.check(records)
        }
    }

    private static func checkRecords(_ records: [AresRecord]) throws {
        for record in records {
            do {
                switch try NameRecord(record, of: "host.test") {
                case .mx(let record): try checkHost(record.host)
                case .srv(let record): try checkHost(record.host)
                case .txt(let record):
                    let isSound = record.pieces.allSatisfy { $0.count <= 255 }
                    try check(isSound && !record.pieces.isEmpty, "a text of \(record.pieces)")
                }
            } catch let error as LookupError {
                try check(error.reason == .badAnswer, "\(error)")
            }
        }
    }

    private static func checkHost(_ host: String) throws {
        try check(host == "." || HostName.isPresentable(host), "the host \(host) is passed on")
    }

    /// The value that comes of a question, which is answered exactly once.
    private static func once<Value>(
        _ serve: () throws -> Void,
        _ begin: (@escaping (Result<Value, LookupError>) -> Void) -> Void
    ) throws -> Value? {
        var results: [Result<Value, LookupError>] = []
        begin { results.append($0) }
        try serve()
        try check(results.count == 1, "a question was answered \(results.count) times")
        return try? results.first?.get()
    }
}
#endif
