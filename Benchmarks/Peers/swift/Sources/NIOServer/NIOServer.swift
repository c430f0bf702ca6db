// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore
import NIOHTTP1
import NIOPosix

/// SwiftNIO's servers, one event loop: `NIOServer echo|async-echo|loop-echo|sink|source|http|file PORT [FILE]`.
@main
enum NIOServer {
    static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    static func main() async throws {
        guard CommandLine.arguments.count >= 3 else { fatalError("usage: NIOServer MODE PORT") }
        let port = argument(2)
        switch CommandLine.arguments[1] {
        case "echo": try await serve(port) { EchoHandler() }
        case "sink": try await serve(port) { SinkHandler() }
        case "http": try await servePages(port)
        case "source": try await serve(port) { SourceHandler() }
        case "file":
            let path = CommandLine.arguments[3]
            try await serve(port) { FileHandler(path) }
        case "async-echo": try await serveTasks(port)
        case "loop-echo":
            try await withTaskExecutorPreference(LoopExecutor(group.next())) {
                try await serveTasks(port)
            }
        default: fatalError("no such mode")
        }
    }

    static var bootstrap: ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }

    private static func serve(
        _ port: Int, _ handler: @escaping @Sendable () -> some ChannelHandler & Sendable
    ) async throws {
        let server =
            try await bootstrap
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler())
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        print("READY")
        try await server.closeFuture.get()
    }

    private static func servePages(_ port: Int) async throws {
        let server =
            try await bootstrap
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(PageHandler())
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        print("READY")
        try await server.closeFuture.get()
    }
}
