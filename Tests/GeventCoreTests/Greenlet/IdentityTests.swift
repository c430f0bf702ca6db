// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct IdentityTests {
    @Test func `gives the smallest free number when first asked`() throws {
        let idents = try onHub {
            let all = (0..<3).map { _ in spawn { try sleep(.seconds(60)) } }
            defer { all.forEach { kill($0) } }
            _ = spawn {}
            return all.map(\.ident) + all.map(\.ident)
        }

        #expect(idents == [0, 1, 2, 0, 1, 2])
    }

    @Test func `gives a number again after the end of its greenlet`() throws {
        let idents = try onHub {
            let all = (0..<3).map { _ in spawn { try sleep(.seconds(60)) } }
            defer { all.forEach { kill($0) } }
            _ = all.map(\.ident)
            try all[1].kill()
            try all[0].kill()
            return [spawn {}, spawn {}, spawn {}].map(\.ident)
        }

        #expect(idents == [0, 1, 3])
    }

    @Test func `never goes above the number of greenlets alive`() throws {
        let highest = try onHub {
            var highest = 0
            for _ in 0..<333 {
                let three = (0..<3).map { _ in spawn {} }
                highest = max(highest, three.map(\.ident).max() ?? 0)
                try joinAll(three)
            }
            return highest
        }

        #expect(highest <= 3)
    }

    @Test func `is named after its number until it gets a name`() throws {
        let names = try onHub {
            let greenlet = spawn {}
            let before = greenlet.name
            greenlet.name = "downloads"
            return [before, greenlet.name]
        }

        #expect(names == ["Greenlet-0", "downloads"])
    }

    @Test func `describes itself with its name, its state and where it was spawned`() throws {
        let (texts, line) = try onHub {
            let line = #line + 1
            let greenlet = Greenlet { try sleep(.zero) }
            greenlet.name = "g"
            var texts = ["\(greenlet)"]
            greenlet.start()
            texts.append("\(greenlet)")
            try greenlet.join()
            texts.append("\(greenlet)")
            return (texts, line)
        }

        let place = "spawned at GeventCoreTests/IdentityTests.swift:\(line)>"
        #expect(
            texts
                == ["not started", "started", "ended"].map { "<Greenlet<()> \"g\" \($0), \(place)" }
        )
    }

    @Test func `says of a dead one whether it failed or was killed`() throws {
        let texts = try onHub {
            let failed = spawn { throw Mistake() }
            let killed = spawn {}
            kill(killed)
            try joinAll([failed, killed])
            _ = failed.error
            return ["\(failed)", "\(killed)"]
        }

        #expect(texts[0].contains(" failed, "))
        #expect(texts[1].contains(" killed, "))
    }
}
