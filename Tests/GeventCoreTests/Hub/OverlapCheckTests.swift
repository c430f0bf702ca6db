// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventTestSupport
import Testing

private final class Account {
    var balance = 0
}

private func hold(_ number: inout Int) throws {
    try sleep(.milliseconds(1))
    number += 1
}

private func look(_ number: Int, _ account: Account) -> Int { number }

@Suite struct OverlapCheckTests {
    #if DEBUG  // Only there each switch looks at the accesses that are open.
    @Test func `traps naming both greenlets that wait inside of accesses to one place`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let account = Account()
                spawn { try hold(&account.balance) }.name = "deposit"
                spawn { try hold(&account.balance) }.name = "withdrawal"
                try sleep(.milliseconds(5))
            }
        }

        let text = result.errorText
        #expect(text.contains("overlapping accesses"))
        #expect(text.contains("deposit (spawned at GeventCoreTests/OverlapCheckTests.swift:"))
        #expect(text.contains("withdrawal (spawned at GeventCoreTests/OverlapCheckTests.swift:"))
    }

    @Test func `names the main greenlet too`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let account = Account()
                spawn { try hold(&account.balance) }.name = "deposit"
                try hold(&account.balance)
            }
        }

        #expect(result.errorText.contains("deposit (spawned at"))
    }
    #endif

    @Test func `is off when the environment says so`() async {
        await #expect(processExitsWith: .success) {
            unsafe gv_probe_set_environment("GEVENT_CHECK", "none")
            try onHub {
                let account = Account()
                let both = (0..<2).map { _ in spawn { try hold(&account.balance) } }
                try joinAll(both)
            }
        }
    }
}
