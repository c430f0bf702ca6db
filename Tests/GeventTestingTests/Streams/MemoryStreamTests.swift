// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct MemoryStreamTests {
    @Test func `makes a writer of more than there is room for wait`() throws {
        let outcome = try onHub {
            let (near, far) = MemoryStream.pair(capacity: 4)
            let writer = spawn { try near.write("123456") }
            try sleep()
            let waited = !writer.isReady
            let first = try far.read(upTo: 100)
            try writer.get()
            return (waited, first, try far.read(upTo: 100))
        }

        #expect(outcome.0)
        #expect(outcome.1 == Array("1234".utf8))
        #expect(outcome.2 == Array("56".utf8))
    }

    @Test func `returns from a write in lockstep with the last byte that is read`() throws {
        let log = try onHub {
            let (near, far) = MemoryStream.lockstepPair()
            var log: [String] = []
            let writer = spawn {
                try near.write("one\ntwo\n")
                log.append("written")
            }
            log.append(try far.readLine(limit: 10) ?? "end")
            try sleep()
            log.append(try far.readLine(limit: 10) ?? "end")
            try writer.get()
            return log
        }

        #expect(log == ["one", "two", "written"])
    }

    @Test func `takes back what a killed writer in lockstep has not been rid of`() throws {
        try onHub {
            let (near, far) = MemoryStream.lockstepPair()
            let writer = spawn { try near.write("abcdef") }
            #expect(try far.read(upTo: 2) == Array("ab".utf8))

            try writer.kill()
            let next = spawn { try near.write("xyz") }

            #expect(try far.readExactly(3) == Array("xyz".utf8))
            try next.get()
        }
    }

    @Test func `gives back what a struck reader of a block has taken`() throws {
        try onHub {
            let (near, far) = MemoryStream.pair()
            let reader = spawn { try far.readExactly(10) }
            try near.write("abc")
            try sleep()

            try reader.kill()
            try near.write("d\n")

            #expect(try far.readLine(limit: 100) == "abcd")
        }
    }

    @Test(arguments: [false, true])
    func `says at both ends that it was reset, after what had arrived`(fromFar: Bool) throws {
        try onHub {
            let (near, far) = MemoryStream.pair()
            try near.write("last")
            let reader = spawn { try near.read(upTo: 10) }
            try sleep()

            (fromFar ? far : near).reset()

            #expect(throws: SystemError(call: "recv", code: 104)) { try reader.get() }
            #expect(try far.readExactly(4) == Array("last".utf8))
            #expect(throws: SystemError(call: "recv", code: 104)) { try far.read(upTo: 1) }
            #expect(throws: SystemError(call: "send", code: 104)) { try far.write("x") }
            #expect(throws: SystemError(call: "send", code: 104)) { try near.write("x") }
        }
    }

    @Test func `tells a writer that nobody will read`() throws {
        try onHub {
            let (near, far) = MemoryStream.pair(capacity: 1)
            let writer = spawn { try near.write("more than one") }
            try sleep()

            far.close()

            #expect(throws: SystemError(call: "send", code: 32)) { try writer.get() }
            #expect(throws: SystemError(call: "send", code: 32)) { try near.write("x") }
            #expect(far.isClosed && !near.isClosed)
        }
    }

    @Test func `refuses to write behind its own end`() throws {
        try onHub {
            let (near, _) = MemoryStream.pair()
            try near.shutdownWrite()

            #expect(throws: SystemError(call: "send", code: 32)) { try near.write("x") }
        }
    }

    @Test func `traps without room`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = MemoryStream.pair(capacity: 0)
        }

        #expect(result.errorText.contains("a stream without room for a byte is a lockstepPair"))
    }
}
