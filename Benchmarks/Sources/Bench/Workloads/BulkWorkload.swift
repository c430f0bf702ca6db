// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Bytes over one connection of loopback TCP: how many in a second, and what they cost the server.
///
/// Written and read 64 KiB at a time, and sent from a file in memory.
///
/// The other end is a thread in C, on the other core. The limit makes blocking calls in C.
enum BulkWorkload: Workload {
    static let name = "bulk"
    static let metrics = ["write", "read", "send-file"].flatMap { name in
        [
            Metric(name: name, unit: .gigabytesPerSecond),
            Metric(name: name + "-cpu", unit: .nanosecondsPerKilobyte),
        ]
    }
    private static let byteCount = 4 << 30
    private static let fileByteCount = 64 << 20
    private static let chunkByteCount = 65_536

    static func measure() throws -> [Double] {
        limit_use_all_cores()
        let file = bench_bulk_file(fileByteCount)
        _ = try serve(bench_bulk_takes, byteCount / 16, write)
        return try serve(bench_bulk_takes, byteCount, write)
            + serve(bench_bulk_sends, byteCount, read)
            + serve(bench_bulk_takes, byteCount) { stream, count in
                for _ in 0..<count / fileByteCount {
                    let sent = try stream.sendFile(descriptor: file)
                    precondition(sent == fileByteCount, "the file was not sent as a whole")
                }
            }
    }

    static func measureLimit() -> [Double] {
        limit_use_all_cores()
        let file = bench_bulk_file(fileByteCount)
        _ = limit_bulk_send(byteCount / 16)
        return values(limit_bulk_send(byteCount)) + values(limit_bulk_take(byteCount))
            + values(limit_bulk_file(file, fileByteCount, byteCount))
    }

    private static func serve(
        _ far: bench_bulk_side, _ count: Int, _ move: (TCPStream, Int) throws -> Void
    ) throws -> [Double] {
        let listener = try TCPListener(host: "127.0.0.1", port: 0)
        // SAFETY: it belongs to this call, which joins it.
        let bulk = unsafe bench_bulk_start(Int32(listener.port), far, count)
        let stream = try listener.accept()
        let cpu = bench_thread_cpu()
        let start = limit_now()
        try move(stream, count)
        stream.close()
        var cost = bench_bulk_cost()
        cost.cpu_nanoseconds = (bench_thread_cpu() - cpu) / Double(count)
        let moved = unsafe bench_bulk_join(bulk)
        cost.nanoseconds = Double(limit_now() - start) / Double(count)
        precondition(moved == count, "\(count - moved) bytes were lost")
        return values(cost)
    }

    private static func write(_ stream: TCPStream, _ count: Int) throws {
        let chunk = [UInt8](repeating: 1, count: chunkByteCount)
        for _ in 0..<count / chunkByteCount { try stream.write(chunk) }
    }

    private static func read(_ stream: TCPStream, _ count: Int) throws {
        var chunk = [UInt8](repeating: 0, count: chunkByteCount)
        var left = count
        while left > 0 {
            var span = chunk.mutableSpan
            // SAFETY: bytes of numbers, of which any will do.
            var room = unsafe span.mutableBytes
            let got = try stream.read(into: &room)
            precondition(got > 0, "the stream has ended early")
            left -= got
        }
    }

    private static func values(_ cost: bench_bulk_cost) -> [Double] {
        [1 / cost.nanoseconds, cost.cpu_nanoseconds * 1024]
    }
}
