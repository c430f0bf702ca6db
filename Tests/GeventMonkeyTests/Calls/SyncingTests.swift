// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

/// A call that may take as long as the disk does, and its stand-in.
enum Syncing: CaseIterable {
    case fsync, fdatasync, syncfs, range, allocate, allocatePlain

    func real(_ descriptor: Int32, _ length: Int) -> Int32 {
        switch self {
        case .fsync: Glibc.fsync(descriptor)
        case .fdatasync: Glibc.fdatasync(descriptor)
        case .syncfs: gv_probe_syncfs(descriptor)
        case .range: gv_probe_sync_file_range(descriptor, 0, Int64(length), 2)
        case .allocate: posix_fallocate(descriptor, 0, length)
        case .allocatePlain: gv_probe_fallocate(descriptor, 0, 0, Int64(length))
        }
    }

    func standIn(_ descriptor: Int32, _ length: Int) -> Int32 {
        switch self {
        case .fsync: gv_call_fsync(descriptor)
        case .fdatasync: gv_call_fdatasync(descriptor)
        case .syncfs: gv_call_syncfs(descriptor)
        case .range: gv_call_sync_file_range(descriptor, 0, Int64(length), 2)
        case .allocate: gv_call_posix_fallocate(descriptor, 0, Int64(length))
        case .allocatePlain: gv_call_fallocate(descriptor, 0, 0, Int64(length))
        }
    }
}

@Suite struct SyncingTests {
    @Test(arguments: Syncing.allCases, [4096, -1])
    func `answers as the real call`(syncing: Syncing, length: Int) throws {
        let (mine, real) = try onPatchedHub {
            let file = ScratchFile()
            let gate = Gate()
            defer { gate.close() }
            let descriptor = file.open()
            defer { close(descriptor) }
            let numbers = [descriptor, gate.reader, -1, 1 << 20]
            return (
                numbers.map { number in CallOutcome { syncing.standIn(number, length) } },
                numbers.map { number in CallOutcome { syncing.real(number, length) } }
            )
        }

        #expect(mine == real)
    }

    @Test func `lets others run meanwhile`() throws {
        let hasRun = try onPatchedHub {
            let file = ScratchFile()
            let descriptor = file.open()
            defer { close(descriptor) }
            let other = spawn {}
            // One that is over before we could wait for it lets nobody run.
            for _ in 0..<100_000 where !other.isReady { _ = gv_call_fsync(descriptor) }
            let hasRun = other.isReady
            try other.join()
            return hasRun
        }

        #expect(hasRun)
    }

    @Test func `copies between files, and moves the places that were lent`() throws {
        let numbers = try onPatchedHub {
            let (from, to) = (ScratchFile(), ScratchFile())
            let (source, target) = (from.open(), to.open())
            defer { for descriptor in [source, target] { close(descriptor) } }
            let bytes: [UInt8] = [1, 2, 3, 4, 5]
            var places: [Int64] = [1, 0]
            var copy = [UInt8](repeating: 0, count: 5)
            // SAFETY: five bytes each, and two places.
            let written = unsafe pwrite(source, bytes, 5, 0)
            let copied = unsafe places.withUnsafeMutableBufferPointer { places in
                unsafe gv_call_copy_file_range(
                    source, places.baseAddress, target, places.baseAddress.map { unsafe $0 + 1 }, 9,
                    0)
            }
            let found = unsafe pread(target, &copy, 5, 0)
            return [written, copied, found] + places.map { Int($0) } + copy.map { Int($0) }
        }

        #expect(numbers == [5, 4, 4, 5, 4, 2, 3, 4, 5, 0])
    }
}
