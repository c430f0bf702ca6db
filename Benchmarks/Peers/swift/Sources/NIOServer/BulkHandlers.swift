// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix

/// Bytes are read and dropped.
final class SinkHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    func channelActive(context: ChannelHandlerContext) {
        // What the others read at once.
        let allocator = FixedSizeRecvByteBufferAllocator(capacity: 65_536)
        context.channel.setOption(.recvAllocator, value: allocator)
            .whenComplete { _ in }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// Chunks are written as long as the channel takes them.
final class SourceHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let chunk = ByteBuffer(repeating: 120, count: 65_536)

    func channelActive(context: ChannelHandlerContext) { pour(context) }

    func channelWritabilityChanged(context: ChannelHandlerContext) { pour(context) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func pour(_ context: ChannelHandlerContext) {
        while context.channel.isActive && context.channel.isWritable {
            context.write(wrapOutboundOut(chunk), promise: nil)
            if !context.channel.isWritable { context.flush() }
        }
    }
}

/// A file is sent by the system, once.
final class FileHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = FileRegion

    private let path: String

    init(_ path: String) { self.path = path }

    func channelActive(context: ChannelHandlerContext) {
        guard let file = try? NIOFileHandle(_deprecatedPath: path),
            let region = try? FileRegion(fileHandle: file)
        else { return context.close(promise: nil) }
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.value.writeAndFlush(wrapOutboundOut(region)).whenComplete { _ in
            try? file.close()
            context.value.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
