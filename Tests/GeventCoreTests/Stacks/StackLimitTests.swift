// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventFiber
import GeventSystem
import GeventTestSupport
import Testing

// In a child process each, since they change limits of the whole process.
@Suite struct StackLimitTests {
    @Test func `under RLIMIT_AS ends those beyond it with its name, and the others go on`() async {
        if isSanitized { return }  // Who have reserved terabytes.

        await #expect(processExitsWith: .success) {
            let (crowd, limit) = try onHub(.inOrder) {
                var limit: UInt64 = 0
                let crowd = try Crowd(
                    of: 200,
                    limit: {
                        limit = UInt64(Usage.present.addressSpace + 32 << 20)
                        return gv_probe_limit_address_space(limit) == 0
                    }, lift: { gv_probe_limit_address_space(.max) == 0 })
                return (crowd, limit)
            }

            #expect(crowd.parked > 20 && crowd.parked < 180)
            #expect(crowd == Crowd(of: 200, parked: crowd.parked))
            #expect(crowd.limits == [.addressSpace(bytes: limit)])
            #expect(crowd.text.hasPrefix("no stack of 256 KiB for a greenlet: RLIMIT_AS leaves"))
            #expect(crowd.text.contains("the process \(limit / 1024) KiB of address space (mmap: "))
        }
    }

    // S2.
    @Test(.tags(.slow))
    func `beyond vm.max_map_count ends those with its name, and the others go on`() async {
        if isSanitized { return }  // Who have mappings of their own.

        await #expect(processExitsWith: .success) {
            setEnvironment("GEVENT_STACK_GUARD", "mprotect")
            let count = ResourceLimits.current.mappingCount ?? 0
            let crowd = try onHub(.inOrder) {
                let mappings = Mappings()
                return try Crowd(
                    of: 150, limit: { mappings.take(allBut: 200) }, lift: mappings.giveBack)
            }

            #expect(crowd.parked > 20 && crowd.parked <= 100)
            #expect(crowd == Crowd(of: 150, parked: crowd.parked))
            #expect(crowd.limits == [.mappings(count: count)])
            let reason = "vm.max_map_count allows \(count) mappings, and each guard takes two ("
            #expect(crowd.text.contains("no stack of 256 KiB for a greenlet: \(reason)"))
        }
    }

    @Test func `under vm.overcommit_memory=2 ends those beyond it with its name`() async {
        // Only an administrator can choose it, and for the whole machine.
        guard ResourceLimits.current.overcommitMode == 2 else { return }

        await #expect(processExitsWith: .success) {
            let crowd = try onHub { try Crowd(of: 1_000_000, limit: { true }, lift: { true }) }

            #expect(crowd == Crowd(of: 1_000_000, parked: crowd.parked))
            #expect(crowd.limits == [.commit])
            #expect(
                crowd.text.contains("vm.overcommit_memory is 2, so stacks count with their whole"))
        }
    }
}

/// What becomes of many greenlets that live at once, when not all of them can have a stack.
private struct Crowd: Equatable {
    /// How many wait when all have had their turn.
    let parked: Int
    /// How many have no stack by then.
    let refused: Int
    /// How many go on to their end afterwards.
    let ended: Int
    /// How many links were called.
    let calls: Int
    /// What a greenlet returns that is spawned when the limit is gone.
    let later: Int
    /// What the refused ones say has stood in the way.
    private(set) var limits: [StackError.Limit] = []
    /// The first refusal in words.
    private(set) var text = ""

    /// What should become of `count`, `parked` of which could have a stack.
    init(of count: Int, parked: Int) {
        (self.parked, refused, ended, calls, later) = (parked, count - parked, parked, count, 7)
    }

    /// Runs `count` of them; the limit is there until all have had their turn.
    init(of count: Int, limit: () throws -> Bool, lift: () throws -> Bool) throws {
        var isOpen = false
        var called = 0
        let crowd = (0..<count).map { _ in
            spawn { while !isOpen { try sleep(.milliseconds(1)) } }
        }
        for greenlet in crowd { greenlet.rawLink { _ in called += 1 } }
        #expect(try limit())
        try idle()
        parked = crowd.count { $0.isStarted }
        let errors = crowd.compactMap { $0.error as? StackError }
        isOpen = true
        try joinAll(crowd)
        #expect(try lift())

        refused = errors.count
        ended = crowd.count { $0.isSuccessful }
        later = try spawn { 7 }.get()
        calls = called
        for error in errors where !limits.contains(error.limit) { limits.append(error.limit) }
        text = errors.first.map { "\($0)" } ?? ""
    }

    static func == (one: Crowd, other: Crowd) -> Bool {
        (one.parked, one.refused, one.ended, one.calls, one.later)
            == (other.parked, other.refused, other.ended, other.calls, other.later)
    }
}

/// The mappings that the process may have, taken up so that few are left.
private final class Mappings {
    private var map: MemoryMap?

    func take(allBut left: Int) -> Bool {
        let most = ResourceLimits.current.mappingCount ?? 0
        map = try? MemoryMap(reserving: 2 * most * MemoryPage.byteCount)
        // Each page between two of the other kind splits the mapping twice.
        var taken = 0
        while protect(taken, .none) { taken += 1 }
        return (1...(left / 2)).allSatisfy { protect(taken - $0, .readWrite) }
    }

    func giveBack() -> Bool {
        map = nil
        return true
    }

    private func protect(_ number: Int, _ access: MemoryAccess) -> Bool {
        let start = (2 * number + 1) * MemoryPage.byteCount
        guard let bytes = unsafe map?.bytes else { return false }
        let page = unsafe UnsafeMutableRawBufferPointer(
            rebasing: bytes[start..<(start + MemoryPage.byteCount)])
        return unsafe (try? MemoryAdvice.protect(page, access)) != nil
    }
}
