// SPDX-License-Identifier: Apache-2.0
import GeventNet
import GeventSystem
import GeventTesting
import Testing

@Suite struct ResolverContractTests {
    @Test(arguments: Self.clauses, ResolverContract.all)
    func `keeps the contract of resolvers`(
        clause: ResolverContract.Clause, contract: ResolverContract
    ) throws {
        try contract.check(clause)
    }

    private static let clauses = ResolverContract.Clause.allCases.filter {
        $0 != .outlivesThoseWhoGiveUp
    }

    // In a process of its own, as it takes all the threads that look up names.
    @Test func `outlives those that give up`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            for contract in ResolverContract.all {
                let error = errorOf { try contract.check(.outlivesThoseWhoGiveUp) }
                if let error { StandardError.write("\(error)\n") }
            }
        }

        #expect(result.errorText == "")
    }
}
