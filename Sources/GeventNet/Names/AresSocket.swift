// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventCore
internal import GeventSystem

/// A socket of c-ares, and the greenlets that wait for it on behalf of its driver.
final class AresSocket {
    /// How many times in a row a greenlet goes on without letting others run.
    private static let longestStreak = 64

    private let number: Int32
    private let watch: DescriptorWatch
    private let driver: AresDriver
    private var isOpen = true
    private var reads = false
    private var writes = false
    private var hasWriter = false

    /// Begins to watch a socket of the driver's, which holds it until it is closed.
    ///
    /// - Throws: `SystemError` `ENOSPC` when the kernel watches no more descriptors.
    init(_ number: Int32, driver: AresDriver) throws {
        self.number = number
        self.driver = driver
        watch = try DescriptorWatch(number)
    }

    /// Notes in which directions c-ares wants to be called.
    func note(_ change: AresChannel.SocketChange) {
        if change.reads && !reads {
            reads = true
            spawnRaw { self.serveReads() }
        }
        writes = change.writes
        if writes && !hasWriter {
            hasWriter = true
            spawnRaw { self.serveWrites() }
        }
    }

    /// Ends the watch, before c-ares closes the socket.
    func close() {
        isOpen = false
        watch.close()
    }

    // The poller reports what is new only, and c-ares leaves things unread: it takes one piece of a
    // stream at a time, and stops at a datagram from a stranger. So the kernel is asked before every
    // wait.
    private func serveReads() {
        serve(.read, .reading, while: { true }) { driver.process(readable: number) }
    }

    private func serveWrites() {
        defer { hasWriter = false }
        serve(.write, .writing, while: { writes }) { driver.process(writable: number) }
    }

    private func serve(
        _ direction: DescriptorWatch.Direction, _ way: SocketDirection,
        while isWanted: () -> Bool, _ process: () -> Void
    ) {
        var streak = 0
        do {
            while isOpen && isWanted() {
                guard SocketCalls.isReady(number, way) else {
                    _ = try watch.wait(for: direction, timeout: nil)
                    streak = 0
                    continue
                }
                process()
                streak += 1
                if streak == Self.longestStreak {
                    streak = 0
                    try sleep(.zero)
                }
            }
        } catch {
            // Closed while it waited, which is its end; or killed, and nobody looks after the socket.
            if isOpen { driver.giveUp() }
        }
    }
}
#endif
