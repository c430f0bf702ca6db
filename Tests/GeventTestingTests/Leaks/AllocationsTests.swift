// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite(.enabled(if: Environment.value("GEVENT_SANITIZER") == nil))
struct AllocationsTests {
    private final class Item {
        var words = (1, 2, 3, 4)
    }

    @Test func `counts each object and its bytes`() throws {
        var kept: [Item] = []
        kept.reserveCapacity(100)

        let used = try allocations { for _ in 0..<100 { kept.append(Item()) } }

        #expect(used.count == 100)
        #expect(used.byteCount >= 100 * 48 && used.byteCount <= 100 * 64)
        #expect(kept.count == 100)
    }

    @Test func `counts what the runtime allocates in its own library`() throws {
        var text = "a string that is too long to live in its own sixteen bytes"

        let used = try allocations { text += text }

        #expect(used.count == 1)
        #expect(used.byteCount > 2 * 58)
        #expect(text.utf8.count == 116)
    }

    @Test(arguments: [16, 64, 4096])
    func `counts aligned memory`(alignment: Int) throws {
        var memory: UnsafeMutableRawPointer?
        let used = try allocations {
            unsafe memory = .allocate(byteCount: 256, alignment: alignment)
        }
        unsafe memory?.deallocate()

        #expect(used.count == 1 && used.byteCount >= 256)
    }

    @Test func `finds nothing where nothing is allocated`() throws {
        var sum = 0

        let used = try allocations { for number in 0..<1000 { sum &+= number } }

        #expect(used == Allocations(count: 0, byteCount: 0))
        #expect(sum == 499_500)
    }

    @Test func `leaves other threads out`() throws {
        let done = NativeSignal()
        let go = NativeSignal()
        let thread = try NativeThread(name: "other") {
            go.wait()
            var kept: [Item] = []
            for _ in 0..<1000 { kept.append(Item()) }
            #expect(kept.count == 1000)
            done.raise()
        }

        let used = try allocations {
            go.raise()
            done.wait()
        }
        thread.join()

        #expect(used.count < 10)
    }

    @Test func `gives the average of an operation that is warm`() throws {
        let rate = try onHub {
            let queue = Queue<Int>()
            return try allocations(per: 500) {
                try queue.put(1)
                _ = try queue.get()
            }
        }

        #expect(rate == AllocationRate(count: 0, byteCount: 0))
    }

    @Test func `throws what the operation throws`() {
        #expect(throws: CancellationError.self) { try allocations { throw CancellationError() } }
    }
}

@Suite(.enabled(if: Environment.value("GEVENT_SANITIZER") != nil))
struct AllocationsUncountedTests {
    @Test func `says that another allocator is the first`() {
        #expect(throws: AllocationsUncounted.self) { try allocations {} }
    }
}
