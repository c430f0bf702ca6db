// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Messages of 64 bytes there and back over loopback TCP, on 1, 50 and 1,000 connections: what one
/// costs the server in processor time, and how often one comes.
///
/// The load is a thread in C. The limit is a server in C over level-triggered epoll.
enum EchoWorkload: Workload {
    static let name = "echo"
    static let metrics = counts.flatMap { count, _ in
        [Metric(name: "cpu-\(count)"), Metric(name: "message-\(count)")]
    }
    private static let counts: [(connections: Int32, messages: Int)] = [
        (1, 100_000), (50, 500_000), (1000, 500_000),
    ]

    static func measure() throws -> [Double] {
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        _ = try echo(50, 20_000)
        return try counts.flatMap { try echo($0.connections, $0.messages) }
    }

    static func measureLimit() -> [Double] {
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        _ = limit_echo(50, 20_000)
        return counts.flatMap { connections, messages in
            let cost = limit_echo(connections, messages)
            return [cost.cpu_nanoseconds, cost.nanoseconds]
        }
    }

    private static func echo(_ connections: Int32, _ messages: Int) throws -> [Double] {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 1024)
        // SAFETY: the load belongs to this call, which joins it.
        let load = unsafe bench_load_start(Int32(listener.port), connections, messages)
        let streams = try (0..<connections).map { _ in try listener.accept() }
        let cpu = bench_thread_cpu()
        let start = limit_now()
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
        let cost = (bench_thread_cpu() - cpu, Double(limit_now() - start))
        let lost = unsafe bench_load_join(load)
        precondition(lost == 0, "\(lost) messages were lost or changed")
        return [cost.0 / Double(messages), cost.1 / Double(messages)]
    }
}
