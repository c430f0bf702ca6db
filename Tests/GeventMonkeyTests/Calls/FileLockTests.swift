// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

/// A way to lock a file that two descriptions of one process can fight for.
enum Locking: CaseIterable {
    case flock, ownDescription

    func take(_ descriptor: Int32) -> Int32 {
        switch self {
        case .flock: gv_call_flock(descriptor, LOCK_EX)
        case .ownDescription: gv_probe_lock(descriptor, 38)  // F_OFD_SETLKW
        }
    }

    func tryToTake(_ descriptor: Int32) -> Int32 {
        switch self {
        case .flock: gv_probe_flock(descriptor, LOCK_EX | LOCK_NB)
        case .ownDescription: gv_probe_lock(descriptor, 37)  // F_OFD_SETLK
        }
    }
}

@Suite struct FileLockTests {
    @Test(arguments: Locking.allCases)
    func `waits for a lock while others run`(locking: Locking) throws {
        let (first, second, turns) = try onPatchedHub {
            let file = ScratchFile()
            let (holder, waiter) = (file.open(), file.open())
            defer { close(waiter) }
            let first = CallOutcome { locking.take(holder) }
            let release = spawn {
                try sleep(.milliseconds(100))
                close(holder)
            }
            var second = CallOutcome(-9, error: 0)
            let turns = countTurns { second = CallOutcome { locking.take(waiter) } }
            try release.join()
            return (first, second, turns)
        }

        #expect(first == CallOutcome(0, error: 77))
        #expect(second == CallOutcome(0, error: 77))
        #expect(turns >= 99)
    }

    @Test(arguments: Locking.allCases)
    func `takes no lock for who was struck`(locking: Locking) throws {
        let (struck, third) = try onPatchedHub {
            let file = ScratchFile()
            let (holder, waiter, other) = (file.open(), file.open(), file.open())
            defer { for descriptor in [waiter, other] { close(descriptor) } }
            _ = locking.take(holder)
            var struck = CallOutcome(-9, error: 0)
            let victim = spawn { struck = CallOutcome { locking.take(waiter) } }
            try sleep(.milliseconds(10))
            try victim.kill()
            close(holder)
            return (struck, locking.tryToTake(other))
        }

        #expect(struck == CallOutcome(-1, error: ECANCELED))
        #expect(third == 0)
    }

    @Test func `waits for a record lock of another process`() throws {
        let (before, after, status) = try onPatchedHub(.realTime) {
            let file = ScratchFile()
            let gate = Gate()
            defer { gate.close() }
            let descriptor = file.open()
            defer { close(descriptor) }
            let child = unsafe gv_probe_hold_lock(file.path, gate.reader)
            var after: [CallOutcome] = []
            let waiters = [
                spawn { after.append(CallOutcome { gv_probe_lock(descriptor, F_SETLKW) }) },
                spawn { after.append(CallOutcome { gv_call_lockf(descriptor, F_LOCK, 0) }) },
            ]
            try idle()
            let before = after.count
            gate.open()
            try joinAll(waiters)
            var status: Int32 = -1
            _ = unsafe gv_call_waitpid(child, &status, 0)
            return (before, after, status)
        }

        #expect(before == 0)
        #expect(after == [CallOutcome(0, error: 77), CallOutcome(0, error: 77)])
        #expect(status == 0)
    }

    @Test func `passes on everything else that fcntl does`() throws {
        let (mine, real) = try onPatchedHub {
            let file = ScratchFile()
            let descriptor = file.open()
            defer { close(descriptor) }
            let mine = [F_GETFD, F_GETFL].map { gv_probe_get(descriptor, $0) }
            return (
                mine + [gv_probe_get(-1, F_GETFD)],
                [F_GETFD, F_GETFL].map { fcntl(descriptor, $0) } + [-1]
            )
        }

        #expect(mine == real)
    }

    @Test(arguments: [
        (-1, LOCK_EX), (-1, LOCK_UN), (0, LOCK_EX | LOCK_NB), (0, 99), (0, 0), (0, LOCK_UN),
    ])
    func `answers as the real flock`(which: Int, operation: Int32) throws {
        let (mine, real) = try onPatchedHub {
            let file = ScratchFile()
            let descriptor = which < 0 ? -1 : file.open()
            defer { close(descriptor) }
            return (
                CallOutcome { gv_call_flock(descriptor, operation) },
                CallOutcome { gv_probe_flock(descriptor, operation) }
            )
        }

        #expect(mine == real)
    }
}
