// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Synchronization
import Testing

@Suite struct SpawnCallbacksTests {
    @Test func `are called in the spawner, for each start, until taken back`() throws {
        let names = try onHub {
            // Other tests spawn on other threads at the same time.
            let mine = ObjectIdentifier(Hub.current)
            let names = Mutex<[String]>([])
            let token = AnyGreenlet.addSpawnCallback { greenlet in
                guard Hub.currentIfExists.map(ObjectIdentifier.init) == mine else { return }
                names.withLock { $0.append(greenlet.spawnSite.isEmpty ? "" : greenlet.name) }
            }
            let now = Greenlet {}
            now.name = "now"
            now.start()
            now.start()
            let later = Greenlet {}
            later.name = "later"
            later.start(after: .zero)
            AnyGreenlet.removeSpawnCallback(token)
            AnyGreenlet.removeSpawnCallback(token)
            try joinAll([now, later, spawn {}])
            return names.withLock { $0 }
        }

        #expect(names == ["now", "later"])
    }

    @Test func `may kill what is being started, which never runs then`() throws {
        let (runs, ended) = try onHub {
            // Those of other tests, which spawn at the same time, are left alone.
            let mine = ObjectIdentifier(Hub.current)
            let token = AnyGreenlet.addSpawnCallback { greenlet in
                guard Hub.currentIfExists.map(ObjectIdentifier.init) == mine else { return }
                kill(greenlet)
            }
            var runs = 0
            let now = spawn { runs += 1 }
            let later = spawn(after: .milliseconds(1)) { runs += 1 }
            AnyGreenlet.removeSpawnCallback(token)
            try joinAll([now, later])
            try sleep(.milliseconds(2))
            return (runs, [now.isKilled, later.isKilled])
        }

        #expect(runs == 0)
        #expect(ended == [true, true])
    }
}
