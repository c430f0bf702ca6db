// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueLinkTests {
    @Test(arguments: [true, false])
    func `a link puts the greenlet that ended into a queue`(hasEnded: Bool) throws {
        try onHub {
            let queue = Queue<Greenlet<Int>>()
            let greenlet = spawn { 1 }
            if hasEnded { try greenlet.join() }

            greenlet.link { try queue.put($0) }

            try #expect(queue.get() === greenlet)
            #expect(queue.isEmpty)
        }
    }

    @Test func `a link puts each greenlet into a full queue as soon as there is room`() throws {
        try onHub(.inOrder) {
            let queue = Queue<Greenlet<Int>>(maxSize: 1)
            let greenlets = (0..<3).map { number in spawn { number } }
            for greenlet in greenlets { greenlet.link { try queue.put($0) } }
            try joinAll(greenlets)

            let got = try greenlets.map { _ in try queue.get() }

            #expect(got.map(\.value) == [0, 1, 2])
        }
    }

    @Test func `three links to a channel hand over all three`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Greenlet<Int>>()
            let greenlets = (0..<3).map { number in spawn { number } }

            for greenlet in greenlets { greenlet.link { try channel.put($0) } }

            let got = try greenlets.map { _ in try channel.get() }
            #expect(got.map(ObjectIdentifier.init) == greenlets.map(ObjectIdentifier.init))
            #expect(channel.balance == 0)
        }
    }

    @Test func `links to a channel wait for who gets, after the end of their greenlets`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Greenlet<Int>>()
            let greenlets = (0..<3).map { number in spawn { number } }
            for greenlet in greenlets { greenlet.link { try channel.put($0) } }
            try joinAll(greenlets)
            try idle()
            #expect(channel.balance == 3)

            let got = try greenlets.map { _ in try channel.get() }

            #expect(got.map(\.value) == [0, 1, 2])
        }
    }

    @Test func `a failed greenlet is put as it is, with its error`() throws {
        try onHub {
            let queue = Queue<Greenlet<Int>>()
            let boom = Boom()
            let greenlet = spawn { () throws -> Int in throw boom }

            greenlet.linkError { try queue.put($0) }
            greenlet.linkValue { _ in Issue.record("a failure was taken for a value") }

            try #expect(queue.get().error as? Boom === boom)
        }
    }
}
