// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct NumberReuseTests {
    // In a process of its own, where nobody else takes the number that has become free.
    @Test(.tags(.slow)) func `keeps ten thousand owners of one number apart`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            inChild { for round in 0..<10_000 { try NumberReuseTests.passOn(round) } }
        }

        #expect(result.errorText == "")
    }

    private static func passOn(_ round: Int) throws {
        let (old, oldFar) = try UnixStream.pair()
        let number = try old.withDescriptor { $0 }
        let reader = spawn { try old.read() }
        try untilParked(reader, in: "read")
        old.close()
        let (new, far) = try UnixStream.pair()
        try claim(try new.withDescriptor { $0 } == number, "round \(round): another number")
        try far.write("for the new one")
        let error = errorOf { _ = try reader.get(timeout: .seconds(60)) } as? SystemError
        try claim(error?.name == "EBADF", "round \(round): the old reader got \(error as Any)")
        try claim(try new.read().count == 15, "round \(round): the new one got something else")
        oldFar.close()
    }

    @Test func `hears no more of a socket that others keep open`() throws {
        let (name, spent, kept, fresh) = try onHub {
            let (old, far) = try UnixStream.pair()
            let copy = OwnedDescriptor(owning: try old.withDescriptor { dup($0) })
            let reader = spawn { try old.read() }
            try untilParked(reader, in: "read")
            old.close()
            let (new, newFar) = try UnixStream.pair()
            let newReader = spawn { try new.read() }
            try untilParked(newReader, in: "read")
            let before = processorTimeOfThread()
            try far.write("for the copy")
            try sleep(.milliseconds(30))
            let spent = processorTimeOfThread() - before
            try newFar.write("new")
            var bytes = [UInt8](repeating: 0, count: 64)
            let kept = unsafe read(copy.number, &bytes, 64)
            let error = errorOf { _ = try reader.get() } as? SystemError
            return (error?.name, spent, kept, try newReader.get().count)
        }

        #expect(name == "EBADF")
        #expect(spent < .milliseconds(10))
        #expect(kept == 12)
        #expect(fresh == 3)
    }
}
