// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Memory that a connection costs whose greenlet waits for the next message, at 5,000 of them.
///
/// The other ends are bare descriptors of the same process. The limit is a parked C context, without a
/// connection.
enum IdleWorkload: Workload {
    static let name = "idle"
    static let metrics = [Metric(name: "resident", unit: .bytes, aim: 4915)]
    private static let count: Int32 = 5000

    static func measure() throws -> [Double] {
        bench_raise_descriptor_limit()
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 1024)
        let server = spawn {
            while true {
                let stream = try listener.accept()
                spawn {
                    while true {
                        let bytes = try stream.read(upTo: 4096)
                        if bytes.isEmpty { return }
                        try stream.write(bytes)
                    }
                }
            }
        }
        try sleep(.zero)
        let before = unsafe limit_status_bytes("VmRSS")
        let others = Others(port: Int32(listener.port), count: count)
        let wrong = try others.connect()
        precondition(wrong == 0, "\(wrong) answers were wrong")
        let grown = unsafe limit_status_bytes("VmRSS") - before
        others.close()
        kill(server)
        return [Double(grown) / Double(count)]
    }

    static func measureLimit() -> [Double] { [limit_parked(Int(count)).resident_bytes] }
}

/// The other ends, made by a thread of their own.
private final class Others: @unchecked Sendable {
    private let port: Int32
    private let done = Event()
    // Touched by the thread until it is done, and by the main thread after.
    private var numbers: [Int32]
    private var wrong: Int32 = 0

    init(port: Int32, count: Int32) {
        self.port = port
        numbers = [Int32](repeating: -1, count: Int(count))
    }

    func connect() throws -> Int32 {
        let thread = Elsewhere { [self] in
            wrong = unsafe bench_connect_many(port, &numbers, Int32(numbers.count))
            done.set()
        }
        try done.wait()
        thread.join()
        return wrong
    }

    func close() { unsafe bench_close_many(numbers, Int32(numbers.count)) }
}
