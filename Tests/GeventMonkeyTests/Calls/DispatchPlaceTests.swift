// SPDX-License-Identifier: Apache-2.0
import CGeventPatch
import Dispatch
import GeventCore
import GeventMonkey
import GeventTestSupport
import Testing

@Suite struct DispatchPlaceTests {
    private static let key = DispatchSpecificKey<Int>()

    private func queue(_ number: Int) -> DispatchQueue {
        let queue = DispatchQueue(label: "queue \(number)")
        queue.setSpecific(key: Self.key, value: number)
        return queue
    }

    private func waitInC() {
        PatchHooks.install()
        _ = gv_call_usleep(1000)
    }

    @Test func `greenlets that wait in blocks of queues are each in their own`() throws {
        let seen = try onHub {
            let greenlets = (0..<3).map { number in
                spawn { () -> [Int?] in
                    self.queue(number).sync {
                        let before = DispatchQueue.getSpecific(key: Self.key)
                        self.waitInC()
                        return [before, DispatchQueue.getSpecific(key: Self.key)]
                    }
                }
            }
            return try greenlets.map { try $0.get() }
        }

        #expect(seen == [[0, 0], [1, 1], [2, 2]])
    }

    @Test func `a greenlet that begins meanwhile is in no queue`() throws {
        let seen = try onHub {
            let waiting = spawn { self.queue(7).sync { self.waitInC() } }
            let other = spawn { DispatchQueue.getSpecific(key: Self.key) }
            try waiting.get()
            return try other.get()
        }

        #expect(seen == nil)
    }

    @Test func `a queue within a queue is left as it was entered`() throws {
        let seen = try onHub {
            try spawn { () -> [Int?] in
                self.queue(1).sync {
                    let inner = self.queue(2).sync { () -> Int? in
                        self.waitInC()
                        return DispatchQueue.getSpecific(key: Self.key)
                    }
                    return [inner, DispatchQueue.getSpecific(key: Self.key)]
                }
            }.get()
        }

        #expect(seen == [2, 1])
    }
}
