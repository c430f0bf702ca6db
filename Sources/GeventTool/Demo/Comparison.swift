// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// Downloads files and compares every byte with the original.
final class Comparison {
    private let files: FileList
    private let server: FileServer

    /// How many downloads were equal to the original.
    private(set) var equal = 0
    /// How many bytes came.
    private(set) var byteCount = 0
    /// What was not equal, with the reason.
    private(set) var differences: [String] = []

    /// Compares what `server` sends with `files`.
    init(_ files: FileList, served server: FileServer) {
        self.files = files
        self.server = server
    }

    /// Downloads all files with `concurrency` greenlets, over and over, `times` in all.
    ///
    /// > Suspends: Always.
    func run(times: Int, concurrency: Int) throws {
        let pool = Pool(concurrency)
        for number in 0..<times {
            let path = files.paths[number % files.paths.count]
            try pool.spawn { [self] in
                if let reason = try difference(path) {
                    differences.append("\(path): \(reason)")
                } else {
                    equal += 1
                }
            }
        }
        try pool.join()
    }

    private func difference(_ path: String) throws -> String? {
        do { return try compare(path) } catch let error where error is GreenletExit {
            throw error
        } catch {
            return "\(error)"
        }
    }

    private func compare(_ path: String) throws -> String? {
        var exchange = try HTTPExchange.following(server.address(of: path), silence: .seconds(30))
        defer { exchange.close() }
        let original = try FileHandle(
            forReadingFrom: URL(fileURLWithPath: files.location(of: path)))
        defer { try? original.close() }
        var offset = 0
        while let piece = try exchange.next() {
            byteCount += piece.count
            guard let expected = try original.read(upToCount: piece.count),
                expected.elementsEqual(piece)
            else {
                return "differs from the original within \(piece.count) bytes from \(offset) on"
            }
            offset += piece.count
        }
        return try original.seekToEnd() == offset ? nil : "ends after \(offset) bytes"
    }
}
