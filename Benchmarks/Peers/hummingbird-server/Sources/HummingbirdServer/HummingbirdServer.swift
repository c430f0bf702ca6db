// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import Logging
import NIOCore
import NIOPosix

/// Hummingbird's server of one page, one event loop: `HummingbirdServer pool|loop PORT`.
///
/// With `loop` the tasks run on the thread of the event loop, which saves them the way to the pool and back.
@main
enum HummingbirdServer {
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[2]) else {
            fatalError("usage: HummingbirdServer pool|loop PORT")
        }
        let router = Router()
        router.get("/") { _, _ in "Hello, world!" }
        var logger = Logger(label: "HummingbirdServer")
        logger.logLevel = .error
        let app = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port), backlog: 4096),
            onServerRunning: { _ in print("READY") },
            eventLoopGroupProvider: .shared(group(CommandLine.arguments[1])),
            logger: logger)
        try await app.runService()
    }

    private static func group(_ mode: String) -> any EventLoopGroup {
        guard mode == "loop" else { return MultiThreadedEventLoopGroup(numberOfThreads: 1) }
        NIOSingletons.groupLoopCountSuggestion = 1
        precondition(
            NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor())
        return MultiThreadedEventLoopGroup.singleton
    }
}
