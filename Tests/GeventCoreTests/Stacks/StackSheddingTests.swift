// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventTestSupport
import Testing

// In a child process each, since they compare what the whole process has in memory.
@Suite struct StackSheddingTests {
    // M2.
    @Test(arguments: [1, 50])
    func `gives the deep pages of ended greenlets back when there is time`(count: Int) async {
        if isSanitized { return }  // Who count memory of their own.

        await #expect(processExitsWith: .success) { [count] in
            let (kept, used) = try onHub(.inOrder) {
                let deep = (0..<count).map { _ in
                    spawn {
                        _ = gv_probe_use_stack(200 * 1024)
                        try sleep(.milliseconds(1))
                    }
                }
                try sleep(.zero)
                let used = deep.map(\.stackHighWater)
                try joinAll(deep)
                try letTheHubIdle()
                // On the very stacks that the deep ones have left.
                let shallow = (0..<count).map { _ in spawn { try sleep(.milliseconds(1)) } }
                try sleep(.zero)
                return (shallow.map(\.stackHighWater), used)
            }

            #expect(used.allSatisfy { $0 >= 200 * 1024 })
            #expect(kept.allSatisfy { $0 <= 32 * 1024 }, "\(kept)")
        }
    }

    @Test func `gives stacks of other sizes back at the end of their greenlets`() async {
        if isSanitized { return }  // Who count memory of their own.

        await #expect(processExitsWith: .success) {
            let growth = try onHub {
                func runDeepOnes() throws {
                    for _ in 0..<50 {
                        try spawn(stackSize: 4 << 20) { gv_probe_use_stack(1 << 20) }.join()
                    }
                }
                try runDeepOnes()
                let before = Usage.present
                try runDeepOnes()
                return Usage.present.beyond(before)
            }

            #expect(growth.addressSpace < 16 << 20)
            #expect(growth.resident < 4 << 20)
        }
    }

    @Test func `gives all of it back when the hub is closed`() async {
        if isSanitized { return }  // Who count memory of their own.

        await #expect(processExitsWith: .success) {
            func runHub() throws {
                _ = try onHub {
                    try joinAll(
                        (0..<200).map { _ in
                            spawn {
                                _ = gv_probe_use_stack(200 * 1024)
                                try sleep(.milliseconds(1))
                            }
                        })
                }
            }
            try runHub()
            let before = Usage.present
            for _ in 0..<5 { try runHub() }
            let growth = Usage.present.beyond(before)

            #expect(growth.addressSpace < 16 << 20)
            #expect(growth.resident < 8 << 20)
        }
    }
}

/// Lets the hub find nothing to do a few times, which is when it tidies up.
private func letTheHubIdle() throws {
    for _ in 0..<4 { try sleep(.milliseconds(1)) }
}
