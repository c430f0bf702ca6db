// SPDX-License-Identifier: Apache-2.0
import GeventCore
import Testing

@Suite struct ReadyLinksTests {
    @Test func `links are taken in the order they were added`() {
        var links = ReadyLinks()
        let made = (0..<5).map { _ in ReadyLink.anywhere {} }
        for link in made { links.add(link) }

        let first = links.take(limit: 2)
        let rest = links.take()

        #expect((first + rest).map(\.token) == made.map(\.token))
        #expect(first.count == 2)
        #expect(links.isEmpty)
    }

    @Test func `a link that was removed is not taken, and is there once`() {
        var links = ReadyLinks()
        let made = (0..<3).map { _ in ReadyLink.anywhere {} }
        for link in made { links.add(link) }

        #expect(links.remove(made[1].token)?.token == made[1].token)

        #expect(links.remove(made[1].token) == nil)
        #expect(links.count == 2)
        #expect(links.take(limit: 1).map(\.token) == [made[0].token])
        #expect(links.remove(made[0].token) == nil)
        #expect(links.take().map(\.token) == [made[2].token])
    }

    @Test func `a token of another object's link removes nothing`() {
        var links = ReadyLinks()
        var others = ReadyLinks()
        let link = ReadyLink.anywhere {}
        let other = ReadyLink.anywhere {}
        links.add(link)
        others.add(other)

        #expect(links.remove(other.token) == nil)
        #expect(links.count == 1)
    }

    @Test func `what is left keeps its order, whatever leaves`() {
        var generator = Multiplier()
        var links = ReadyLinks()
        var expected: [LinkToken] = []
        for _ in 0..<2000 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5:
                let link = ReadyLink.anywhere {}
                links.add(link)
                expected.append(link.token)
            case 5..<9:
                guard let index = expected.indices.randomElement(using: &generator) else {
                    continue
                }
                #expect(links.remove(expected.remove(at: index)) != nil)
            default:
                let limit = Int.random(in: 0...2, using: &generator)
                #expect(links.take(limit: limit).map(\.token) == Array(expected.prefix(limit)))
                expected.removeFirst(min(limit, expected.count))
            }
            #expect(links.count == expected.count)
        }
        #expect(links.take().map(\.token) == expected)
    }
}

/// The same numbers in every run: the middle of a product.
private struct Multiplier: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 32 | state << 32
    }
}
