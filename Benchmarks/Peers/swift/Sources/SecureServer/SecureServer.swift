// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore
import NIOPosix
import NIOSSL

/// SwiftNIO's echo over TLS, one event loop: `SecureServer PORT CERTIFICATE KEY`.
@main
enum SecureServer {
    static func main() async throws {
        guard CommandLine.arguments.count == 4 else {
            fatalError("usage: SecureServer PORT CERTIFICATE KEY")
        }
        let certificates = try NIOSSLCertificate.fromPEMFile(CommandLine.arguments[2])
        let key = try NIOSSLPrivateKey(file: CommandLine.arguments[3], format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) },
                privateKey: .privateKey(key)))
        let server = try await ServerBootstrap(
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1)
        )
        .serverChannelOption(.backlog, value: 4096)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(
                    [NIOSSLServerHandler(context: context), EchoHandler()] as [any ChannelHandler])
            }
        }
        .bind(host: "127.0.0.1", port: argument(1)).get()
        print("READY")
        try await server.closeFuture.get()
    }
}

private final class EchoHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.write(data, promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
