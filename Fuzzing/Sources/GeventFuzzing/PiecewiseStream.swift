// SPDX-License-Identifier: Apache-2.0
internal import GeventNet

/// A stream that gives its bytes in pieces of chosen sizes, and never waits.
final class PiecewiseStream: ByteStream {
    var timeout: Duration?
    private var bytes: ArraySlice<UInt8>
    private let sizes: [UInt8]
    private var turn = 0

    init(_ bytes: [UInt8], sizes: [UInt8]) {
        self.bytes = bytes[...]
        self.sizes = sizes
    }

    func read(upTo limit: Int) throws -> [UInt8] {
        let size = sizes.isEmpty ? bytes.count : Int(sizes[turn % sizes.count])
        turn += 1
        let piece = Array(bytes.prefix(min(limit, max(1, size))))
        bytes = bytes.dropFirst(piece.count)
        return piece
    }

    func read(into room: inout MutableRawSpan) throws -> Int {
        let piece = try read(upTo: room.byteCount)
        for (offset, byte) in piece.enumerated() {
            room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        }
        return piece.count
    }

    // Whoever reads ahead asks for no more than pieces.
    func readExactly(_ count: Int) throws -> [UInt8] { throw Finding(description: "readExactly") }
    func readLine(limit: Int) throws -> String? { throw Finding(description: "readLine") }
    func read(through delimiter: [UInt8], limit: Int) throws -> [UInt8] {
        throw Finding(description: "read(through:)")
    }

    func write(_ bytes: RawSpan) throws { throw Finding(description: "nobody writes") }
    func shutdownWrite() throws {}
    func close() {}
}
