// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

extension Series {
    /// Connections that are open at the same time.
    static let connections = [echo]

    /// The processor time that a message there and back costs the server.
    ///
    /// The load is a process: the descriptors of both sides may be more than one process may have.
    private static let echo = Series(
        name: "echo", things: "connections", decades: 0...4, metrics: ["message"]
    ) { size in
        limit_use_all_cores()
        bench_raise_descriptor_limit()
        let messages = max(200_000, 50 * size)
        let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 1024)
        let load = Load(port: listener.port, connections: size, messages: messages)
        let streams = try (0..<size).map { _ in try listener.accept() }
        let start = bench_thread_cpu()
        try EchoWorkload.answer(on: streams)
        let cost = (bench_thread_cpu() - start) / Double(messages)
        load.join()
        return [cost]
    }
}
