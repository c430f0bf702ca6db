// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTesting
import Testing

@Suite struct GroupContractTests {
    @Test(arguments: WaitContract.Clause.allCases, WaitContract.groups)
    func `keeps the contract of all waits`(clause: WaitContract.Clause, contract: WaitContract)
        throws
    {
        try contract.check(clause)
    }

    @Test(arguments: WaitContract.Clause.allCases)
    func `keeps the contract when it kills`(clause: WaitContract.Clause) throws {
        try WaitContract.groupKill.check(clause)
    }
}

extension WaitContract {
    fileprivate static let groups: [WaitContract] = [
        joining("Group.join", Group.init, raiseError: false),
        joining("Group.join with errors", Group.init, raiseError: true),
        joining("Pool.join", { Pool(2) }, raiseError: false),
        joining("Pool.join with errors", { Pool(2) }, raiseError: true),
        WaitContract("Group.killOne") {
            let end = Event()
            let outsider = Group()
            let member = try outsider.spawn { try shielded { try end.wait() } }
            try sleep()
            return Attempt(finish: { end.set() }) { limit in
                // Who was struck once is not waited for by the group: each round has a group of its
                // own.
                let group = try Group([member])
                return try group.killOne(member, throwing: Boom(), timeout: limit)
            }
        },
        WaitContract("Pool.waitAvailable") {
            let pool = try fullPool()
            return Attempt { try pool.waitAvailable(timeout: $0) > 0 }
        },
        WaitContract("Pool.add", throwing: { $0 is PoolFull }) {
            let pool = try fullPool()
            let late = Greenlet {}
            return Attempt {
                try pool.add(late, timeout: $0)
                return true
            }
        },
        WaitContract("Pool.start", throwing: { $0 is PoolFull }) {
            let pool = try fullPool()
            let late = Greenlet {}
            return Attempt {
                try pool.start(late, timeout: $0)
                return true
            }
        },
    ]

    /// Waiting for members that take no notice of being killed.
    fileprivate static let groupKill = WaitContract("Group.kill") {
        let end = Event()
        let group = Group()
        for _ in 0..<2 { try group.spawn { try shielded { try end.wait() } } }
        try sleep()
        return Attempt(finish: { end.set() }) { try group.kill(throwing: Boom(), timeout: $0) }
    }

    private static func joining(
        _ name: String, _ make: @escaping @Sendable () -> Group, raiseError: Bool
    ) -> WaitContract {
        WaitContract(name) {
            let group = make()
            try group.spawn { try Event().wait() }
            return Attempt { try group.join(timeout: $0, raiseError: raiseError) }
        }
    }

    private static func fullPool() throws -> Pool {
        let pool = Pool(1)
        try pool.spawn { try Event().wait() }
        try sleep()
        return pool
    }
}
