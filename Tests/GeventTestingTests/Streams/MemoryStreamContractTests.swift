// SPDX-License-Identifier: Apache-2.0
import GeventTesting
import Testing

@Suite struct MemoryStreamContractTests {
    @Test(arguments: StreamContract.Clause.allCases, StreamContract.inMemory)
    func `keeps the contract of streams`(clause: StreamContract.Clause, kind: StreamContract) throws
    {
        try kind.check(clause)
    }
}

extension StreamContract {
    /// The kinds that go through memory.
    fileprivate static let inMemory = [
        StreamContract("memory", clock: .virtual(patience: .zero)) {
            let (near, far) = MemoryStream.pair()
            return Ends(near, far)
        },
        StreamContract("memory with little room", clock: .virtual(patience: .zero)) {
            let (near, far) = MemoryStream.pair(capacity: 1000)
            return Ends(near, far)
        },
        StreamContract("lockstep", capabilities: [], clock: .virtual(patience: .zero)) {
            let (near, far) = MemoryStream.lockstepPair()
            return Ends(near, far)
        },
    ]
}
