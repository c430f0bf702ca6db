// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

// A closed number may belong to another test at once, so the tests look at the other end of a pipe.
@Suite struct DescriptorTests {
    @Test func `closes when its owner lets go`() throws {
        let reader: Descriptor
        do {
            let pipe = try Pipe()
            reader = try pipe.readEnd.duplicate()
            #expect(try Bytes.read(reader.number) == .wouldBlock)
        }

        #expect(try Bytes.read(reader.number) == .done([]))
    }

    @Test func `says how closing went`() throws {
        let file = try Descriptor(opening: "/proc/self/status")

        try file.close()
    }

    @Test func `does not close what it gave away`() throws {
        let number = try Descriptor(opening: "/proc/self/status").release()

        let again = Descriptor(owning: number)

        #expect(fcntl(again.number, F_GETFD) == FD_CLOEXEC)
    }

    @Test func `makes a foreign number non-blocking and closed on exec`() throws {
        let foreign = unsafe open("/proc/self/status", O_RDONLY)

        let descriptor = try Descriptor(adopting: foreign)

        #expect(fcntl(descriptor.number, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(descriptor.number, F_GETFD) == FD_CLOEXEC)
    }

    @Test func `refuses a number that is not open`() {
        #expect(throws: SystemError(call: "fcntl", code: EBADF)) {
            _ = try Descriptor(adopting: 1 << 30)
        }
    }

    @Test func `refuses a file that is not there`() {
        #expect(throws: SystemError(call: "open", code: ENOENT, note: "/proc/none")) {
            _ = try Descriptor(opening: "/proc/none")
        }
    }

    @Test func `keeps the file open for a second descriptor`() throws {
        let pipe = try Pipe()
        let copy = try pipe.writeEnd.duplicate()

        #expect(copy.number != pipe.writeEnd.number)
        #expect(try Bytes.write(copy.number, [1, 2]) == .done(2))
        #expect(try Bytes.read(pipe.readEnd.number) == .done([1, 2]))
        #expect(fcntl(copy.number, F_GETFD) == FD_CLOEXEC)
    }

    @Test func `makes pipes that do not block and close on exec`() throws {
        let pipe = try Pipe()

        for number in [pipe.readEnd.number, pipe.writeEnd.number] {
            #expect(fcntl(number, F_GETFL) & O_NONBLOCK != 0)
            #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
        }
    }
}
