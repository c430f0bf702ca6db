// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct MemoryAdviceTests {
    @Test func `drops what was written`() throws {
        let map = try MemoryMap(reserving: 4 * MemoryPage.byteCount)
        unsafe try MemoryAdvice.forbidHugePages(map.bytes)
        unsafe map.bytes.initializeMemory(as: UInt8.self, repeating: 7)
        #expect(unsafe try MemoryAdvice.residentByteCount(map.bytes) == map.byteCount)

        unsafe try MemoryAdvice.discard(map.bytes)

        #expect(unsafe try MemoryAdvice.residentByteCount(map.bytes) == 0)
        #expect(unsafe map.bytes[0] == 0)
    }

    @Test func `refuses a range that is not on pages`() throws {
        let map = try MemoryMap(reserving: 2 * MemoryPage.byteCount)
        let odd = unsafe UnsafeMutableRawBufferPointer(start: map.base + 1, count: 1)

        #expect(throws: SystemError(call: "madvise", code: EINVAL)) {
            unsafe try MemoryAdvice.discard(odd)
        }
    }

    @Test func `a protected page faults`() async {
        await #expect(processExitsWith: faulting) {
            let map = try MemoryMap(reserving: MemoryPage.byteCount)
            unsafe try MemoryAdvice.protect(map.bytes, .none)
            unsafe map.bytes[0] = 1
        }
    }

    @Test func `a guarded page faults, or the kernel has no guards`() async {
        await #expect(processExitsWith: faulting) {
            let map = try MemoryMap(reserving: MemoryPage.byteCount)
            do throws(SystemError) {
                unsafe try MemoryAdvice.installGuard(map.bytes)
            } catch {
                if error.code == EINVAL { raise(SIGSEGV) }
            }
            unsafe map.bytes[0] = 1
        }
    }

    @Test func `a page is usable when its guard is gone`() throws {
        let map = try MemoryMap(reserving: MemoryPage.byteCount)
        do throws(SystemError) {
            unsafe try MemoryAdvice.installGuard(map.bytes)
            unsafe try MemoryAdvice.removeGuard(map.bytes)
        } catch {
            // Linux before 6.13 has no guards.
            #expect(error.code == EINVAL)
        }

        unsafe map.bytes[0] = 1

        #expect(unsafe map.bytes[0] == 1)
    }

    @Test func `a page is usable when its protection is gone`() throws {
        let map = try MemoryMap(reserving: MemoryPage.byteCount)
        unsafe try MemoryAdvice.protect(map.bytes, .none)
        unsafe try MemoryAdvice.protect(map.bytes, .readWrite)

        unsafe map.bytes[0] = 1

        #expect(unsafe map.bytes[0] == 1)
    }

    @Test func `a name does no harm`() throws {
        let map = try MemoryMap(reserving: MemoryPage.byteCount)

        unsafe MemoryAdvice.name(map.bytes, "gevent test")

        let maps = try #require(KernelText.contents(of: "/proc/self/maps"))
        #expect(maps.contains(" rw-p "))
    }
}

/// How a process ends that touches what it must not; a sanitizer ends it in its own way.
private let faulting: ExitTest.Condition =
    Environment.value("GEVENT_SANITIZER") == nil ? .signal(SIGSEGV) : .failure
