// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct EndingTests {
    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `tells a clean end from a cut`(version: TLSVersion) throws {
        let outcome = try onHub {
            let clean = try StreamPair(version: version)
            try clean.server.write("all")
            clean.server.close()
            let all = try clean.client.readExactly(3)
            let end = try clean.client.read()
            clean.close()

            let cut = try StreamPair(version: version)
            try cut.server.write("not")
            // Nobody says so to the peer.
            try cut.wires.server.shutdownWrite()
            let not = try cut.client.readExactly(3)
            let code = codeOf { _ = try cut.client.read() }
            let again = codeOf { _ = try cut.client.read() }
            cut.close()
            return (all + end, not, code, again)
        }

        #expect(outcome.0 == Array("all".utf8))
        #expect(outcome.1 == Array("not".utf8))
        #expect(outcome.2 == .truncated)
        #expect(outcome.3 == .truncated)
    }

    @Test func `reads on after it has said that it writes no more`() throws {
        let outcome = try onHub {
            let pair = try StreamPair()
            defer { pair.close() }
            try pair.client.shutdownWrite()
            let end = try pair.server.read()
            try pair.server.write("answer")
            let name = (errorOf { try pair.client.write("x") } as? SystemError)?.name
            return (end, try pair.client.readExactly(6), name)
        }

        #expect(outcome.0.isEmpty)
        #expect(outcome.1 == Array("answer".utf8))
        #expect(outcome.2 == "EPIPE")
    }

    @Test func `gives the stream below back`() throws {
        let outcome = try onHub {
            let pair = try StreamPair()
            let server = spawn {
                let end = try pair.server.read()
                // The second text may arrive together with the end of the first one's record.
                let below = try pair.server.unwrap()
                try below.stream.write("plain")
                return end
            }
            let below = try pair.client.unwrap()
            let early = below.surplus
            let rest = try below.stream.readExactly(5 - early.count)
            let isOver = errorOf { _ = try pair.client.read() } != nil
            _ = try server.get()
            below.stream.close()
            pair.wires.server.close()
            return (early + rest, isOver)
        }

        #expect(outcome.0 == Array("plain".utf8))
        #expect(outcome.1)
    }

    @Test func `does not lose what was not read before the encryption ends`() throws {
        let outcome = try onHub {
            let pair = try StreamPair()
            try pair.server.write("unread")
            let code = codeOf { _ = try pair.client.unwrap() }
            let text = try pair.client.readExactly(6)
            try pair.server.shutdownWrite()
            _ = try pair.client.unwrap()
            pair.wires.client.close()
            pair.close()
            return (code, text)
        }

        #expect(outcome.0 == .unreadData)
        #expect(outcome.1 == Array("unread".utf8))
    }

    @Test func `lets a killed greenlet close`() throws {
        let text = try onHub {
            let pair = try StreamPair()
            let holder = spawn {
                defer { pair.server.close() }
                _ = try pair.server.read()
            }
            try untilParked(holder, in: "read")
            kill(holder)
            let end = try pair.client.read()
            pair.close()
            return end
        }

        #expect(text.isEmpty)
    }
}
