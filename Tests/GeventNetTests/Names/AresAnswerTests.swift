// SPDX-License-Identifier: Apache-2.0
#if CAres
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

/// What c-ares makes of answers that break the rules: RFC 9267, and the faults of its own past.
@Suite struct AresAnswerTests {
    /// Answers to a question for addresses, none of which has one in it.
    static let broken: [(String, @Sendable (ForgedQuery) -> [UInt8])] = [
        (
            "a name that points to itself",
            { query in
                // The record begins behind the header and the question.
                let own = UInt16(12 + query.question.count) | 0xC000
                let record = Forged.record(Forged.number(own), type: 1, [192, 0, 2, 1])
                return ForgedMessage(to: query, [record]).bytes
            }
        ),
        (
            "two names that point to each other",
            { query in
                let start = UInt16(12 + query.question.count)
                let loop =
                    [1, 0x61] + Forged.number(start + 4 | 0xC000) + [1, 0x62]
                    + Forged.number(start | 0xC000)
                return ForgedMessage(to: query, [Forged.record(loop, type: 1, [192, 0, 2, 1])])
                    .bytes
            }
        ),
        (
            "a pointer behind the end",
            { query in
                let record = Forged.record([0xFF, 0xFF], type: 1, [192, 0, 2, 1])
                return ForgedMessage(to: query, [record]).bytes
            }
        ),
        (
            "a label of 64 bytes",
            { query in
                let name = [64] + [UInt8](repeating: 0x61, count: 64) + [0]
                return ForgedMessage(to: query, [Forged.record(name, type: 5, name)]).bytes
            }
        ),
        (
            "data behind the end",
            { query in
                let record = Forged.record(type: 1, [192, 0, 2, 1], length: 400)
                return ForgedMessage(to: query, [record]).bytes
            }
        ),
        (
            "an address of three bytes",
            { query in
                ForgedMessage(to: query, [Forged.record(type: 1, [192, 0, 2])]).bytes
            }
        ),
        (
            "65535 answers of which there is none",
            { query in
                var message = ForgedMessage(to: query)
                message.answerCount = 65_535
                return message.bytes
            }
        ),
        (
            "a loop of three aliases",
            { query in
                let loop = [
                    Forged.alias("a.test", of: "b.test"), Forged.alias("b.test", of: "c.test"),
                    Forged.alias("c.test", of: "a.test"),
                ]
                return ForgedMessage(to: query, loop).bytes
            }
        ),
        (
            "a chain of twenty aliases",
            { query in
                let chain = (0..<20).map { index in
                    Forged.alias(index == 0 ? "a.test" : "a\(index).test", of: "a\(index + 1).test")
                }
                let address = Forged.address(1, owner: Forged.name("a20.test"))
                return ForgedMessage(to: query, chain + [address]).bytes
            }
        ),
    ]

    @Test(arguments: broken.indices)
    func `makes an error of a broken answer, and goes on`(index: Int) throws {
        let (what, forge) = Self.broken[index]
        let outcome = try onHub {
            let server = try ForgedServer { query in
                query.name == "a.test" ? [forge(query)] : Forged.honest(query)
            }
            defer { server.close() }
            // c-ares takes what is longer than 512 bytes for cut.
            server.onStream = { query, stream in
                let message = forge(query)
                try stream.write(Forged.number(UInt16(message.count)) + message)
            }
            let resolver = try AresResolver(.brief(server))
            let error = errorOf {
                _ = try resolver.addresses(of: "a.test", port: 0, family: .ipv4)
            }
            let next = try resolver.addresses(of: "next.test", port: 0, family: .ipv4)
            return (error as? LookupError, next.map(\.host))
        }

        #expect(outcome.0?.subject == "a.test", "\(what)")
        #expect(outcome.1 == ["192.0.2.1"], "\(what)")
    }

    @Test func `takes no name that is longer than names are`() throws {
        let error = try onHub {
            let server = try ForgedServer { query in
                let label = [63] + [UInt8](repeating: 0x61, count: 63)
                let name = label + label + label + label + label + [0]
                return [ForgedMessage(to: query, [Forged.pointer(to: name)]).bytes]
            }
            defer { server.close() }
            let resolver = try AresResolver(.brief(server))
            let address = SocketAddress("192.0.2.1", port: 0) ?? .any(port: 0)
            return errorOf { _ = try resolver.name(of: address) } as? LookupError
        }

        #expect(error?.reason == .badAnswer)
    }

    @Test func `survives an answer that is cut anywhere`() throws {
        let outcome = try onHub {
            var cut = 0
            var length = 0
            let server = try ForgedServer { query in
                let pieces: [UInt8] = [5] + Array("hello".utf8) + [5] + Array("world".utf8)
                let whole = ForgedMessage(to: query, [Forged.record(type: 16, pieces)]).bytes
                length = whole.count
                return [Array(whole.prefix(cut))]
            }
            defer { server.close() }
            var options = AresResolver.Options.brief(server)
            options.timeout = .milliseconds(1)
            let resolver = try AresResolver(options)
            var successes: [Int] = []
            repeat {
                let error = errorOf { _ = try resolver.records(of: "cut.test", kind: .txt) }
                if error == nil { successes.append(cut) }
                try expect(error == nil || error is LookupError, "\(error as Any) at \(cut)")
                cut += 1
            } while cut < length
            return (successes, cut > 40)
        }

        #expect(outcome.0 == [])
        #expect(outcome.1)
    }

    @Test(arguments: ["id", "question", "empty", "rubbish"])
    func `takes the true answer after a false one`(kind: String) throws {
        let found = try onHub {
            let server = try ForgedServer { query in
                var message = ForgedMessage(to: query, query.isIPv4 ? [Forged.address(66)] : [])
                let last = Forged.honest(query)
                switch kind {
                case "id":
                    message.id &+= 1
                    return [message.bytes] + last
                case "question":
                    message.question = Forged.name("other.test") + [0, 1, 0, 1]
                    return [message.bytes] + last
                case "empty": return [[]] + last
                default: return [[1, 2, 3]] + last
                }
            }
            defer { server.close() }
            var options = AresResolver.Options.brief(server)
            options.timeout = .seconds(20)
            let resolver = try AresResolver(options)
            return try resolver.addresses(of: "true.test", port: 0, family: nil).map(\.host)
        }

        #expect(found == ["192.0.2.1"])
    }

    @Test func `hears no stranger`() throws {
        let found = try onHub {
            let server = try ForgedServer()
            defer { server.close() }
            server.beforeAnswer = { query, asker in
                let stranger = try SocketCalls.open(.ipv4, .datagram)
                let bytes = ForgedMessage(to: query, [Forged.address(66)]).bytes
                // SAFETY: bytes have no padding.
                _ = try Transfer.sendDatagram(stranger.number, unsafe bytes.span.bytes, to: asker)
            }
            let resolver = try AresResolver(.asking(server))
            return try resolver.addresses(of: "a.test", port: 0, family: .ipv4).map(\.host)
        }

        #expect(found == ["192.0.2.1"])
    }

    @Test(arguments: ["evil\u{1B}[2J.test", "a\nb.test", "<b>.test", "a b.test", "a;reboot.test"])
    func `hands on no name that is none`(name: String) throws {
        let outcome = try onHub {
            let server = try ForgedServer { query in
                switch query.type {
                case 12: [ForgedMessage(to: query, [Forged.pointer(to: Forged.name(name))]).bytes]
                case 15:
                    [
                        ForgedMessage(
                            to: query,
                            [Forged.record(type: 15, [0, 1] + Forged.name(name))]
                        ).bytes
                    ]
                default:
                    [
                        ForgedMessage(
                            to: query,
                            [Forged.record(type: 33, [0, 1, 0, 2, 0, 3] + Forged.name(name))]
                        ).bytes
                    ]
                }
            }
            defer { server.close() }
            let resolver = try AresResolver(.brief(server))
            let address = SocketAddress("192.0.2.1", port: 0) ?? .any(port: 0)
            return [
                errorOf { _ = try resolver.name(of: address) },
                errorOf { _ = try resolver.records(of: "a.test", kind: .mx) },
                errorOf { _ = try resolver.records(of: "a.test", kind: .srv) },
            ].map { ($0 as? LookupError)?.reason }
        }

        #expect(outcome == [.badAnswer, .badAnswer, .badAnswer])
    }
}
#endif
