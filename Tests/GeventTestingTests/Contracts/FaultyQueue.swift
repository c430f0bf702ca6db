// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTesting

/// A queue over another one, with a fault of a kind that contracts are there to find.
final class FaultyQueue {
    /// What it does wrong.
    enum Fault: CaseIterable {
        case turnsOrder
        case knowsNoLimit
        case isSilentWhenEmpty
        case takesTimeoutsForItsOwn
        case losesToKilledGetters
        case keepsOfKilledPutters

        var clause: QueueContract.Clause {
            switch self {
            case .turnsOrder: .keepsOrder
            case .knowsNoLimit: .keepsItsCapacity
            case .isSilentWhenEmpty: .givesUp
            case .takesTimeoutsForItsOwn: .passesTimeoutsOn
            case .losesToKilledGetters: .losesNothingToKilledGetters
            case .keepsOfKilledPutters: .keepsNothingOfKilledPutters
            }
        }
    }

    private let fault: Fault?
    private let queue: Queue<Int>
    private let reversed: LifoQueue<Int>

    init(_ fault: Fault?, _ capacity: Int?) {
        self.fault = fault
        let capacity = fault == .knowsNoLimit ? nil : capacity
        queue = Queue(maxSize: capacity)
        reversed = LifoQueue(maxSize: capacity)
    }

    var subject: QueueContract.Subject {
        if fault == .turnsOrder { return .init(reversed) }
        return .init(
            put: { try self.put($0, $1) }, get: { try self.get($0) },
            putNowait: { try self.queue.putNowait($0) }, getNowait: { try self.queue.getNowait() })
    }

    private func put(_ element: Int, _ timeout: Duration?) throws {
        do { try queue.put(element, timeout: timeout) } catch {
            if fault == .keepsOfKilledPutters { queue.maxSize = nil }
            if fault == .keepsOfKilledPutters { try queue.putNowait(element) }
            throw error
        }
    }

    private func get(_ timeout: Duration?) throws -> Int {
        do {
            let element = try queue.get(timeout: timeout)
            // Whoever waits between taking and giving loses what it has to a kill.
            if fault == .losesToKilledGetters { try sleep() }
            return element
        } catch is QueueEmpty where fault == .isSilentWhenEmpty {
            return 0
        } catch is Timeout where fault == .takesTimeoutsForItsOwn {
            throw QueueEmpty()
        }
    }
}
