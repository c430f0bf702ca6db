// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventFiber
import GeventTestSupport
import Glibc
import Testing

/// Something with a property that is accessed with a check at run time.
private final class Account {
    var balance = 0
}

/// Something of which there is no copy, so that reading it is one access from begin to end.
private final class Safe {
    struct Gem: ~Copyable {
        let carat = 7

        borrowing func lookAt() throws -> Int {
            try sleep(.zero)
            return carat
        }
    }

    var gem = Gem()
}

/// Adds to `number` on both sides of a wait, inside of one access.
private func addTwice(_ number: inout Int) throws {
    number += 1
    try sleep(.zero)
    number += 1
}

@Suite struct ExclusivityTests {
    @Test func `lets greenlets wait inside of accesses to what each of them owns`() throws {
        let balances = try onHub {
            try (0..<10).map { _ in
                spawn {
                    let account = Account()
                    for _ in 0..<5 { try addTwice(&account.balance) }
                    return account.balance
                }
            }.map { try $0.get() }
        }

        #expect(balances == Array(repeating: 10, count: 10))
    }

    @Test func `lets accesses that were opened in turn be closed in any order`() throws {
        let total = try onHub {
            let accounts = (0..<4).map { _ in Account() }
            func hold(_ number: inout Int, _ duration: Duration) throws {
                try sleep(duration)
                number += 1
            }
            try joinAll(
                accounts.enumerated().map { index, account in
                    spawn { try hold(&account.balance, .milliseconds([2, 4, 1, 3][index])) }
                })
            return accounts.map(\.balance).reduce(0, +)
        }

        #expect(total == 4)
    }

    @Test func `raises no alarm for accesses to one place one after the other`() throws {
        let balance = try onHub {
            let account = Account()
            let holder = spawn { try addTwice(&account.balance) }
            // Ends while the holder is next in the queue, so that the holder is resumed from a stack
            // whose greenlet is gone.
            spawn {}
            try holder.join()
            let next = spawn { try addTwice(&account.balance) }
            spawn {}
            try next.join()
            return account.balance
        }

        #expect(balance == 4)
    }

    @Test func `raises no alarm for a place that is freed and used again`() throws {
        let sum = try onHub {
            var sum = 0
            for _ in 0..<200 {
                let account = Account()
                let holder = spawn { try addTwice(&account.balance) }
                spawn {}
                try holder.join()
                sum += account.balance
            }
            return sum
        }

        #expect(sum == 400)
    }

    @Test func `lets many read one place at once`() throws {
        let carats = try onHub {
            let safe = Safe()
            return try (0..<5).map { _ in spawn { try safe.gem.lookAt() } }.map { try $0.get() }
        }

        #expect(carats == [7, 7, 7, 7, 7])
    }

    @Test func `still finds an overlap within one greenlet`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let account = Account()
                func twice(_ one: inout Int, _ other: () -> Int) { one = other() }
                spawn { twice(&account.balance) { account.balance } }
                try idle()
            }
        }

        #expect(result.errorText.contains("Simultaneous accesses"))
    }

    @Test func `closes the access of a greenlet that is killed inside of one`() throws {
        let balance = try onHub(.inOrder) {
            let account = Account()
            let victim = spawn { try addTwice(&account.balance) }
            try sleep(.zero)
            try victim.kill()
            account.balance += 10
            try spawn { try addTwice(&account.balance) }.get()
            return account.balance
        }

        #expect(balance == 13)
    }

    @Test func `works by the calls of the runtime where its word was not found`() async {
        await #expect(processExitsWith: .success) {
            unsafe gv_probe_set_environment("GEVENT_ISOLATION", "calls")
            try onHub {
                let balances = try (0..<10).map { _ in
                    spawn {
                        let account = Account()
                        for _ in 0..<5 {
                            try addTwice(&account.balance)
                            spawn {}
                        }
                        return account.balance
                    }
                }.map { try $0.get() }
                precondition(balances == Array(repeating: 10, count: 10))
                precondition(
                    !Hub.current.capabilities.overlapCheck && Hub.current.capabilities.exclusivity)
            }
        }
    }

    @Test(.tags(.slow)) func `costs no more beside 10,000 parked holders of an access`() throws {
        let ratio = try onHub(.inOrder) {
            func cost(_ account: Account) -> UInt64 {
                let start = threadNanoseconds()
                for _ in 0..<50_000 { account.balance &+= 1 }
                return threadNanoseconds() - start
            }
            let mine = Account()
            var alone = cost(mine)
            for _ in 0..<9 { alone = min(alone, cost(mine)) }
            let holders = (0..<10_000).map { _ in
                spawn {
                    let account = Account()
                    func hold(_ number: inout Int) throws { try sleep(.seconds(60)) }
                    try hold(&account.balance)
                }
            }
            try sleep(.zero)
            precondition(holders.allSatisfy { $0.waitReason == "sleep" })
            // Whatever else the machine does can only add to the cost: the least of many counts.
            var beside = cost(mine)
            for _ in 0..<200 where beside >= 2 * alone { beside = min(beside, cost(mine)) }
            try killAll(holders)
            return Double(beside) / Double(alone)
        }

        // Without a set of its own for each greenlet it is 2,000 times as much.
        #expect(ratio < 2)
    }
}

/// What this thread has spent on the processor.
private func threadNanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
