// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

/// A stand-in that waits for a certain child.
enum ChildWait: CaseIterable {
    case waitpid, wait4, waitid

    /// Its process, and its exit code.
    func wait(_ child: pid_t) -> [Int32] {
        var status: Int32 = -1
        var usage = rusage()
        errno = 0
        switch self {
        case .waitpid:
            let found = unsafe gv_call_waitpid(child, &status, 0)
            return [found, found < 0 ? errno : gv_probe_exit_code(status)]
        case .wait4:
            let found = unsafe gv_call_wait4(child, &status, 0, &usage)
            return [found, found < 0 ? errno : gv_probe_exit_code(status)]
        case .waitid:
            let found = unsafe gv_probe_waitid(child, &status)
            return [found, status]
        }
    }
}

@Suite struct ChildrenTests {
    @Test(arguments: ChildWait.allCases)
    func `waits for a child while others run`(wait: ChildWait) throws {
        let (child, before, after, again) = try onPatchedHub(.realTime) {
            let gate = Gate()
            defer { gate.close() }
            let child = gv_probe_child(gate.reader, 7)
            var after: [Int32] = []
            let waiter = spawn { after = wait.wait(child) }
            try idle()
            let before = after
            gate.open()
            try waiter.join()
            return (child, before, after, wait.wait(child))
        }

        #expect(before == [])
        #expect(after == [child, 7])
        #expect(again == [-1, ECHILD])
    }

    @Test(arguments: ChildWait.allCases)
    func `reaps nobody for who was struck`(wait: ChildWait) throws {
        let (child, struck, after) = try onPatchedHub(.realTime) {
            let gate = Gate()
            defer { gate.close() }
            let child = gv_probe_child(gate.reader, 8)
            var struck: [Int32] = []
            let victim = spawn { struck = wait.wait(child) }
            try idle()
            try victim.kill()
            gate.open()
            return (child, struck, wait.wait(child))
        }

        #expect(struck == [-1, ECANCELED])
        #expect(after == [child, 8])
    }

    @Test func `tells of a stop where that is asked for`() throws {
        let words = try onPatchedHub(.realTime) {
            let child = gv_probe_stopping_child(9)
            var status: Int32 = -1
            let stopped = unsafe gv_call_waitpid(child, &status, WUNTRACED)
            let isStopped = status & 0xFF == 0x7F
            kill(child, SIGCONT)
            let ended = unsafe gv_call_waitpid(child, &status, WUNTRACED)
            return [stopped == child, isStopped, ended == child, gv_probe_exit_code(status) == 9]
        }

        #expect(words == [true, true, true, true])
    }

    @Test func `refuses what the real call refuses`() throws {
        let calls: [(pid_t, Int32)] = [(1, 0), (.max, 0), (.min, 0), (1, 0x40), (-.max, 0)]
        let (mine, real) = try onPatchedHub {
            var status: Int32 = 0
            return (
                calls.map { pid, flags in
                    CallOutcome { unsafe gv_call_waitpid(pid, &status, flags) }
                },
                calls.map { pid, flags in CallOutcome { unsafe waitpid(pid, &status, flags) } }
            )
        }

        #expect(mine == real)
    }

    // Waits for any child take those of other tests, so they have a process of their own.
    @Test func `waits for any child, also several of them at once`() async {
        await #expect(processExitsWith: .success) {
            let (children, found, last) = try onPatchedHub(.realTime) {
                let gate = Gate()
                let children = (1...5).map { gv_probe_child(gate.reader, $0) }
                var found: [pid_t: Int32] = [:]
                let waiters = children.map { _ in
                    spawn {
                        var status: Int32 = -1
                        let child = unsafe gv_call_wait(&status)
                        found[child] = gv_probe_exit_code(status)
                    }
                }
                try idle()
                gate.open()
                try joinAll(waiters)
                var status: Int32 = -1
                return (children, found, CallOutcome { unsafe gv_call_wait(&status) })
            }

            #expect(children.map { found[$0] } == [1, 2, 3, 4, 5])
            #expect(last == CallOutcome(-1, error: ECHILD))
        }
    }

    @Test func `leaves a child to who waits for it and no other`() async {
        await #expect(processExitsWith: .success) {
            let (first, any) = try onPatchedHub(.realTime) {
                let (gate, other) = (Gate(), Gate())
                let child = gv_probe_child(gate.reader, 1)
                let second = gv_probe_child(other.reader, 2)
                var any: [Int32] = []
                let anyone = spawn { any = ChildWait.waitpid.wait(-1) + [second] }
                let certain = spawn { ChildWait.waitpid.wait(child) == [child, 1] }
                try idle()
                gate.open()
                let first = try certain.get()
                other.open()
                try anyone.join()
                return (first, any)
            }

            #expect(first)
            #expect(any.count == 3 && any[0] == any[2] && any[1] == 2)
        }
    }

    @Test func `gives each of many waits its own child, and leaves no zombie`() async {
        await #expect(processExitsWith: .success) {
            let (certain, any, children, last) = try onPatchedHub(.realTime) {
                let gate = Gate()
                let children = (0..<100).map { gv_probe_child(gate.reader, $0) }
                let certain = children[..<50].map { child in
                    spawn { ChildWait.allCases[Int(child) % 3].wait(child) }
                }
                let any = (0..<50).map { _ in spawn { ChildWait.wait4.wait(-1) } }
                try idle()
                gate.open()
                var status: Int32 = 0
                return (
                    try certain.map { try $0.get() }, try any.map { try $0.get() }, children,
                    CallOutcome { unsafe gv_call_wait(&status) }
                )
            }

            #expect(certain == (0..<50).map { [children[$0], Int32($0)] })
            #expect(
                any.sorted { $0[1] < $1[1] } == (50..<100).map { [children[$0], Int32($0)] })
            #expect(last == CallOutcome(-1, error: ECHILD))
        }
    }

    @Test func `shares one thread among those who were struck and those who come`() async {
        await #expect(processExitsWith: .success) {
            let (struck, found, child) = try onPatchedHub(.realTime) {
                let gate = Gate()
                let child = gv_probe_child(gate.reader, 3)
                var struck: [[Int32]] = []
                // More than the pool has threads.
                for _ in 0..<40 {
                    let victim = spawn { struck.append(ChildWait.waitpid.wait(-1)) }
                    try idle()
                    try victim.kill()
                }
                let waiter = spawn { ChildWait.wait4.wait(0) }
                try idle()
                gate.open()
                return (struck, try waiter.get(), child)
            }

            #expect(struck == Array(repeating: [-1, ECANCELED], count: 40))
            #expect(found == [child, 3])
        }
    }
}
