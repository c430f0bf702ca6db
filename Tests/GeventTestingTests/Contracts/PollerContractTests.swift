// SPDX-License-Identifier: Apache-2.0
import GeventTesting
import Testing

@Suite struct PollerContractTests {
    @Test(
        arguments: PollerContract.Clause.allCases,
        [PollerContract.kernel, PollerContract.scripted])
    func `keeps the contract of pollers`(clause: PollerContract.Clause, poller: PollerContract)
        throws
    {
        try poller.check(clause)
    }

    @Test func `finds out a poller that reports what has ended`() {
        let forgetful = PollerContract("forgetful") {
            var registered: [UInt64] = []
            return PollerContract.Subject(
                register: { number in
                    registered.append(UInt64(number))
                    return UInt64(number)
                },
                deregister: { _ in },
                poll: { _, deliver in for token in registered { deliver(token, .writable) } },
                wake: {}, open: { .init(1) {} })
        }
        let broken = PollerContract.Clause.allCases.filter { clause in
            do { try forgetful.check(clause) } catch { return error is ContractBroken }
            return false
        }

        #expect(broken.contains(.forgetsWhatHasEnded) && broken.contains(.dropsWhatEndsMeanwhile))
        #expect(broken.contains(.tellsRegistrationsApart) && broken.contains(.waitsLongEnough))
    }
}
