// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSystem

// What happens to those who wait.
extension StreamTrial {
    /// More than any stream holds on its way.
    private var flood: [UInt8] { [UInt8](repeating: 0x2E, count: 20_000_000) }

    func checkRoom() throws {
        let writer = spawn { try near.write("held\n") }
        for _ in 0..<20 { try sleep(.milliseconds(1)) }
        try require(
            writer.isReady == buffers,
            buffers ? "a small write waits for a reader" : "a write returned before it was read")
        try require(try far.readExactly(4) == Array("held".utf8), "other bytes")
        for _ in 0..<20 { try sleep(.milliseconds(1)) }
        try require(writer.isReady == buffers, "a write returned before its last byte was read")
        _ = try far.readExactly(1)
        try writer.get()
    }

    func checkReadLimit() throws {
        near.timeout = .milliseconds(2)
        let error = errorOf { _ = try near.read(upTo: 1) }
        let asked = (error as? SocketTimeoutError)?.operation
        try require(asked == "read", "threw \(text(error))")
        near.timeout = nil
        let writer = spawn { try far.write("late\n") }
        try require(try near.readLine(limit: 100) == "late", "does not work any more")
        try writer.get()
    }

    func checkWriteLimit() throws {
        near.timeout = .milliseconds(20)
        let error = errorOf { try near.write(flood) }
        let asked = (error as? SocketTimeoutError)?.operation
        try require(asked == "write", "threw \(text(error))")
    }

    func checkOuterTimeout() throws {
        near.timeout = .seconds(60)
        let timeout = Timeout(.milliseconds(2))
        let read = errorOf { try timeout.guarding { _ = try near.read(upTo: 1) } }
        try require(read as? Timeout === timeout, "a read threw \(text(read))")
        let another = Timeout(.milliseconds(20))
        let write = errorOf { try another.guarding { try near.write(flood) } }
        try require(write as? Timeout === another, "a write threw \(text(write))")
    }

    func checkKill() throws {
        let reader = spawn { try near.read(upTo: 100) }
        try settle(reader)
        try reader.kill()
        let writer = spawn { try far.write("for the next\n") }
        try require(try near.readLine(limit: 100) == "for the next", "lost what came later")
        try writer.get()
    }

    func checkSeconds() throws {
        let reader = spawn { try near.read(upTo: 100) }
        let writer = spawn { try near.write(flood) }
        try settle(reader)
        try settle(writer)
        let second = errorOf { _ = try near.read(upTo: 100) }
        try require(second is ConcurrentObjectUseError, "a reader got \(text(second))")
        let other = errorOf { try near.write("x") }
        try require(other is ConcurrentObjectUseError, "a writer got \(text(other))")
        kill(reader)
        kill(writer)
    }

    func checkClose() throws {
        let reader = spawn { try near.read(upTo: 100) }
        let writer = spawn { try near.write(flood) }
        try settle(reader)
        try settle(writer)
        near.close()
        near.close()
        for greenlet in [reader as AnyGreenlet, writer] {
            let error = errorOf { try greenlet.join(timeout: .seconds(60)) } ?? greenlet.error
            try require(isClosed(error), "who waited got \(text(error))")
        }
    }

    func checkClosed() throws {
        near.close()
        let errors = [
            errorOf { _ = try near.read(upTo: 1) }, errorOf { _ = try near.readLine(limit: 10) },
            errorOf { try near.write("x") }, errorOf { try near.write(gathering: [[1]]) },
        ]
        for error in errors { try require(isClosed(error), "got \(text(error))") }
    }

    private func isClosed(_ error: (any Error)?) -> Bool {
        (error as? SystemError)?.name == "EBADF"
    }
}
