// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Connections over loopback TCP that last for one message of 64 bytes there and back, 64 at a time:
/// what one costs the server in processor time, and how many there are in a second.
///
/// The load is a thread in C, on the other core. The limit is a server in C over level-triggered epoll.
enum AcceptWorkload: Workload {
    static let name = "accept"
    static let metrics = [
        Metric(name: "cpu"), Metric(name: "connections", unit: .perSecond),
    ]
    private static let count = 50_000
    private static let parallel: Int32 = 64

    static func measure() throws -> [Double] {
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        _ = try serve(count / 10)
        return try serve(count)
    }

    static func measureLimit() -> [Double] {
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        _ = limit_accept(count / 10, parallel)
        let cost = limit_accept(count, parallel)
        return [cost.cpu_nanoseconds, 1e9 / cost.nanoseconds]
    }

    private static func serve(_ count: Int) throws -> [Double] {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 1024)
        let cpu = bench_thread_cpu()
        let start = limit_now()
        // SAFETY: the load belongs to this call, which joins it.
        let visits = unsafe bench_visits_start(Int32(listener.port), count, parallel)
        let handlers = Group()
        for _ in 0..<count {
            let stream = try listener.accept()
            try handlers.spawn {
                while true {
                    let bytes = try stream.read(upTo: 4096)
                    if bytes.isEmpty { return stream.close() }
                    try stream.write(bytes)
                }
            }
        }
        try handlers.join(raiseError: true)
        let used = (bench_thread_cpu() - cpu) / Double(count)
        let each = Double(limit_now() - start) / Double(count)
        let wrong = unsafe bench_visits_join(visits)
        precondition(wrong == 0, "\(wrong) answers were wrong")
        return [used, 1e9 / each]
    }
}
