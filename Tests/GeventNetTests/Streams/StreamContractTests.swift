// SPDX-License-Identifier: Apache-2.0
import GeventNet
import GeventTesting
import Testing

@Suite struct StreamContractTests {
    @Test(arguments: StreamContract.Clause.allCases, StreamContract.plain)
    func `keeps the contract of streams`(clause: StreamContract.Clause, kind: StreamContract) throws
    {
        try kind.check(clause)
    }
}

extension StreamContract {
    /// The kinds of this layer.
    fileprivate static let plain = [
        StreamContract("TCP") {
            let ends = try Connected()
            return Ends(ends.client, ends.server)
        },
        StreamContract("Unix") {
            let (near, far) = try UnixStream.pair()
            return Ends(near, far)
        },
    ]
}
