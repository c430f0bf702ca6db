// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1

/// Answers every request with the same page.
final class PageHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let body = ByteBuffer(string: "Hello, world!")
    private static let head = HTTPResponseHead(
        version: .http1_1, status: .ok,
        headers: ["content-length": "\(body.readableBytes)", "content-type": "text/plain"])

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        context.write(wrapOutboundOut(.head(Self.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(Self.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
