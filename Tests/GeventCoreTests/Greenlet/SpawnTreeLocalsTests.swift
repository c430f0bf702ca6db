// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct SpawnTreeLocalsTests {
    @Test func `shares its values with what it spawns, and with what that spawns`() throws {
        let values = try onHub {
            try spawn {
                AnyGreenlet.current.spawnTreeLocals["request"] = 7
                return try spawn {
                    let here = AnyGreenlet.current.spawnTreeLocals["request"] as? Int
                    AnyGreenlet.current.spawnTreeLocals["reply"] = 8
                    return [
                        here,
                        try spawn { AnyGreenlet.current.spawnTreeLocals["reply"] as? Int }.get(),
                    ]
                }.get() + [AnyGreenlet.current.spawnTreeLocals["reply"] as? Int]
            }.get()
        }

        #expect(values == [7, 8, 8])
    }

    @Test func `shares nothing between two that the main greenlet spawned`() throws {
        let outcome = try onHub {
            let first = spawn { AnyGreenlet.current.spawnTreeLocals["a"] = 1 }
            let second = spawn { AnyGreenlet.current.spawnTreeLocals["a"] == nil }
            return (try second.get(), first.sharesSpawnTree(with: second))
        }

        #expect(outcome.0)
        #expect(!outcome.1)
    }

    @Test func `knows its relatives`() throws {
        let outcome = try onHub {
            let parent = spawn { spawn {} }
            let child = try parent.get()
            return [child.sharesSpawnTree(with: parent), parent.sharesSpawnTree(with: parent)]
        }

        #expect(outcome == [true, true])
    }

    @Test func `has nothing in the main greenlet`() throws {
        #expect(try onHub { AnyGreenlet.current.spawnTreeLocals.isEmpty })
    }
}
