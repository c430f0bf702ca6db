// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct LoopExitTests {
    @Test func `names every parked greenlet, what it waits for, and where it was spawned`() throws {
        let (text, line) = try onHub {
            let line = #line + 1
            let first = spawn { try idleForEver() }
            first.name = "first"
            let second = spawn { _ = try wait([first]) }
            second.name = "second"
            do { try second.join() } catch let exit as LoopExit { return ("\(exit)", line) }
            return ("", line)
        }

        let file = "GeventCoreTests/LoopExitTests.swift"
        let lines = text.split(separator: "\n").dropFirst().map { String($0) }
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("  the main greenlet waits in Greenlet.join of second, "))
        #expect(lines[1].hasPrefix("  first waits in Greenlet.join of Greenlet-"))
        #expect(lines[1].hasSuffix(", spawned at \(file):\(line)"))
        #expect(lines[2].hasPrefix("  second waits in wait"))
        #expect(lines[2].hasSuffix(", spawned at \(file):\(line + 2)"))
    }

    @Test func `comes to the main greenlet, not to the others that wait`() throws {
        let (isExit, isParked) = try onHub {
            let parked = spawn { try idleForEver() }
            let error = errorOf { try parked.join() }
            return (error is LoopExit, parked.isStarted)
        }

        #expect(isExit)
        #expect(isParked)
    }

    @Test func `leaves a hub that can be used again`() throws {
        let outcome = try onHub {
            var exits = 0
            for _ in 0..<3 {
                if errorOf({ try idleForEver() }) is LoopExit { exits += 1 }
                try spawn { try sleep(.milliseconds(1)) }.get()
            }
            return exits
        }

        #expect(outcome == 3)
    }

    @Test func `comes when only a sleep without a reference is left`() throws {
        #expect(throws: LoopExit.self) { try onHub { try sleep(.seconds(60), ref: false) } }
    }

    @Test func `does not come while a timer may still wake somebody`() throws {
        let isWoken = try onHub {
            let target = spawn { try idleForEver() }
            spawn(after: .milliseconds(2)) { kill(target) }
            return try target.join()
        }

        #expect(isWoken)
    }

    @Test func `does not come to a hub that is kept alive`() throws {
        let error = try onHub {
            Hub.current.keepAlive()
            let target = spawn { try idleForEver() }
            try sleep(.zero)
            let helper = try NativeHelper { kill(target) }
            let error = errorOf { try target.join() }.map { "\($0)" }
            helper.join()
            return error
        }

        #expect(error == nil)
    }

    @Test func `passes through a shield and through every catch of GreenletExit`() throws {
        let isExit = try onHub { errorOf { try shielded { try idleForEver() } } is LoopExit }

        #expect(isExit)
    }
}
