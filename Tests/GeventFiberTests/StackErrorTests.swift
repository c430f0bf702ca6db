// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventFiber
import GeventSystem
import Testing

private let noMemory: Int32 = 12

@Suite struct StackErrorTests {
    @Test func `names vm.max_map_count when a guard by mprotect fails`() throws {
        let limits = ResourceLimits.current
        let count = try #require(limits.mappingCount)
        // Which would be taken for the reason.
        guard limits.addressSpaceByteCount == nil, limits.overcommitMode != 2 else { return }

        let error = StackError(
            byteCount: 256 * 1024, cause: SystemError(call: "mprotect", code: noMemory),
            guards: .protected)

        #expect(error.limit == .mappings(count: count))
        #expect(
            "\(error)" == """
                no stack of 256 KiB for a greenlet: vm.max_map_count allows \(count) mappings, \
                and each guard takes two (\(error.cause))
                """)
    }

    @Test func `names RLIMIT_AS when a mapping fails under it`() async {
        if isSanitized { return }  // Who have reserved terabytes.

        await #expect(processExitsWith: .success) {
            let limit: UInt64 = 1 << 46
            #expect(gv_probe_limit_address_space(limit) == 0)

            let error = StackError(
                byteCount: 64 * 1024, cause: SystemError(call: "mmap", code: noMemory),
                guards: .installed)

            #expect(error.limit == .addressSpace(bytes: limit))
            #expect(
                "\(error)" == """
                    no stack of 64 KiB for a greenlet: RLIMIT_AS leaves the process \
                    \(limit / 1024) KiB of address space (\(error.cause))
                    """)
        }
    }

    @Test func `blames the machine's memory where nothing is limited`() {
        let limits = ResourceLimits.current
        guard limits.addressSpaceByteCount == nil, limits.overcommitMode != 2 else { return }

        let error = StackError(
            byteCount: 256 * 1024, cause: SystemError(call: "mmap", code: noMemory),
            guards: .installed)

        #expect(error.limit == .memory)
        #expect("\(error)".contains("for a greenlet: the system has no memory for it (mmap: "))
    }

    @Test func `is thrown for a size that no address space holds`() throws {
        let trial = PoolTrial()
        let size = 1 << 50

        let error = #expect(throws: StackError.self) { try trial.make(size) }

        #expect(error?.byteCount == size)
        #expect(error?.cause.call == "mmap")
        #expect(error?.cause.code == noMemory)
        // The pool goes on.
        #expect(try trial.make().size == StackPool.defaultByteCount)
    }
}
