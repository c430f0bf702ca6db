// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTesting
import Testing

@Suite struct QueueContractTests {
    @Test(arguments: QueueContract.ours)
    func `keeps the contract of queues`(kind: QueueContract) throws {
        for clause in kind.clauses { try kind.check(clause) }
    }

    @Test func `puts only what can be ended to the clause about the end`() {
        let channel = QueueContract("Channel", capabilities: []) { _ in .init(Channel<Int>()) }

        #expect(!channel.clauses.contains(.endsForAll))
        #expect(throws: ContractBroken.self) { try channel.check(.endsForAll) }
    }

    @Test(arguments: FaultyQueue.Fault.allCases)
    func `finds out a queue that breaks it`(fault: FaultyQueue.Fault) throws {
        let contract = QueueContract("faulty") { FaultyQueue(fault, $0).subject }
        let broken = contract.clauses.filter { clause in
            do { try contract.check(clause) } catch is ContractBroken { return true } catch {
                return false
            }
            return false
        }

        #expect(broken.contains(fault.clause), "only \(broken)")
    }

    @Test func `has no complaint about a simple queue of another making`() throws {
        let contract = QueueContract("simple") { FaultyQueue(nil, $0).subject }

        for clause in contract.clauses { try contract.check(clause) }
    }
}

extension QueueContract {
    private static let all: Capabilities = [.holds, .shutsDown]

    fileprivate static let ours = [
        QueueContract("Queue", capabilities: all) { .init(Queue<Int>(maxSize: $0)) },
        QueueContract("LifoQueue", order: .lastIn, capabilities: all) {
            .init(LifoQueue<Int>(maxSize: $0))
        },
        QueueContract("PriorityQueue", order: .smallest, capabilities: all) {
            .init(PriorityQueue<Int>(maxSize: $0))
        },
        QueueContract("Channel", capabilities: []) { _ in .init(Channel<Int>()) },
    ]
}
