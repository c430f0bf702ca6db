// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import GeventSystem
import Glibc
import Testing

/// What happens when descriptors end, and others get their numbers, while events are under way.
@Suite struct PollerStaleEventTests {
    let poller: Poller

    init() throws {
        poller = try Poller()
    }

    private func look() throws -> [PollToken] {
        var tokens: [PollToken] = []
        try poller.poll(timeoutNanoseconds: 0) { tokens.append($0.token) }
        return tokens
    }

    @Test func `reports nothing after the registration has ended`() throws {
        let sockets = try Sockets()
        let token = try poller.register(sockets.near)

        poller.deregister(token)

        #expect(try look().isEmpty)
        #expect(poller.count == 0)
    }

    @Test func `drops the event of a descriptor that an earlier event ended`() throws {
        let first = try Sockets()
        let second = try Sockets()
        let tokens = [try poller.register(first.near), try poller.register(second.near)]

        var delivered = 0
        try poller.poll(timeoutNanoseconds: 0) { _ in
            delivered += 1
            for token in tokens { poller.deregister(token) }
        }

        #expect(delivered == 1)
        #expect(poller.staleEventCount == 1)
    }

    @Test func `does not deliver a stale event to the next owner of the number`() throws {
        let first = try Sockets()
        let second = try Sockets()
        let replacement = try Sockets()
        let tokens = [try poller.register(first.near), try poller.register(second.near)]

        var delivered: [PollToken] = []
        var fresh: PollToken?
        try poller.poll(timeoutNanoseconds: 0) { event in
            delivered.append(event.token)
            let other = event.token == tokens[0] ? tokens[1] : tokens[0]
            poller.deregister(other)
            dup2(replacement.near, other.number)
            fresh = try? poller.register(other.number)
        }

        #expect(delivered.count == 1)
        #expect(poller.staleEventCount == 1)
        #expect(try look() == [fresh])
    }

    @Test func `takes over a number that was closed behind its back`() throws {
        let old = try Sockets()
        let keptOpen = try old.ends.first.duplicate()
        let replacement = try Sockets()
        let stale = try poller.register(old.near)
        _ = try look()
        dup2(replacement.near, old.near)

        let fresh = try poller.register(old.near)
        try old.sendFromFar()

        #expect(try look() == [fresh])
        #expect(poller.staleEventCount == 1)
        #expect(poller.count == 1)
        poller.deregister(stale)
        #expect(poller.token(of: old.near) == fresh)
        _ = consume keptOpen
    }

    @Test func `registers again what came back under its own number`() throws {
        let sockets = try Sockets()
        let stale = try poller.register(sockets.near)
        _ = try look()

        let fresh = try poller.register(sockets.near)

        #expect(fresh != stale)
        #expect(try look() == [fresh])
        #expect(unsafe poller.context(of: stale) == nil)
    }

    @Test func `does not mind the end of a registration that has ended`() throws {
        let sockets = try Sockets()
        let token = try poller.register(sockets.near)
        poller.deregister(token)

        poller.deregister(token)

        #expect(poller.count == 0)
    }

    @Test func `does not mind a descriptor that is closed already`() throws {
        var token: PollToken
        do {
            let sockets = try Sockets()
            token = try poller.register(sockets.near)
        }

        poller.deregister(token)

        #expect(try look().isEmpty)
    }
}
