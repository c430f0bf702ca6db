// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Messages of 64 bytes there and back over loopback TCP, on 1, 50 and 1,000 connections: what one
/// costs the server in processor time, how often one comes, and how long it takes.
///
/// The load is a thread in C. The limit is a server in C over level-triggered epoll.
enum EchoWorkload: Workload {
    static let name = "echo"
    static let metrics = counts.flatMap { count, _ in
        [
            Metric(name: "cpu-\(count)"), Metric(name: "message-\(count)"),
            Metric(name: "p50-\(count)", unit: .microseconds),
            Metric(name: "p99-\(count)", unit: .microseconds),
            Metric(name: "p99.9-\(count)", unit: .microseconds),
        ]
    }
    private static let counts: [(connections: Int32, messages: Int)] = [
        (1, 100_000), (50, 500_000), (1000, 500_000),
    ]

    static func measure() throws -> [Double] {
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        _ = try echo(50, 20_000)
        return try counts.flatMap { values(try echo($0.connections, $0.messages)) }
    }

    static func measureLimit() -> [Double] {
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        _ = limit_echo(50, 20_000)
        return counts.flatMap { values(limit_echo($0.connections, $0.messages)) }
    }

    /// Serves all until the last is closed, a greenlet each.
    static func answer(on streams: [TCPStream]) throws {
        let handlers = streams.map { stream in
            spawn {
                while true {
                    let bytes = try stream.read(upTo: 4096)
                    if bytes.isEmpty { return stream.close() }
                    try stream.write(bytes)
                }
            }
        }
        try joinAll(handlers, raiseError: true)
    }

    private static func echo(_ connections: Int32, _ messages: Int) throws -> bench_echo_cost {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 1024)
        // SAFETY: the load belongs to this call, which joins it.
        let load = unsafe bench_load_start(Int32(listener.port), connections, messages)
        let streams = try (0..<connections).map { _ in try listener.accept() }
        let cpu = bench_thread_cpu()
        let start = limit_now()
        try answer(on: streams)
        var cost = bench_echo_cost()
        cost.cpu_nanoseconds = (bench_thread_cpu() - cpu) / Double(messages)
        cost.nanoseconds = Double(limit_now() - start) / Double(messages)
        let lost = unsafe bench_load_join(load, &cost.latency)
        precondition(lost == 0, "\(lost) messages were lost or changed")
        return cost
    }

    private static func values(_ cost: bench_echo_cost) -> [Double] {
        let latency = cost.latency
        return [cost.cpu_nanoseconds, cost.nanoseconds]
            + [latency.p50, latency.p99, latency.p999].map { $0 / 1000 }
    }
}
