// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix

/// A task for each connection, over `NIOAsyncChannel`.
func serveTasks(_ port: Int) async throws {
    let server = try await NIOServer.bootstrap.bind(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
    }
    print("READY")
    try await withThrowingDiscardingTaskGroup { group in
        try await server.executeThenClose { connections in
            for try await connection in connections {
                group.addTask { await echo(connection) }
            }
        }
    }
}

private func echo(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
    // A connection that fails is over; the others go on.
    try? await connection.executeThenClose { inbound, outbound in
        for try await bytes in inbound { try await outbound.write(bytes) }
    }
}

/// Runs tasks on the event loop's thread, so that none has to be woken on another.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        loop.execute { job.runSynchronously(on: executor) }
    }
}
