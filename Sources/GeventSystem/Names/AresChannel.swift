// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import CGeventAres
internal import CGeventSystem

/// Questions to name servers by c-ares, which waits for nothing: its owner tells it what happens.
///
/// Belongs to one thread at a time. Answers come from within the calls that ask and process.
@safe package final class AresChannel {
    /// What c-ares wants to do with one of its sockets from now on.
    package struct SocketChange {
        /// The socket's number.
        package let number: Int32
        /// Whether it wants to read.
        package let reads: Bool
        /// Whether it wants to write.
        package let writes: Bool
        /// Whether it is about to close the socket.
        package var isLast: Bool { !reads && !writes }
    }

    /// Who is told; c-ares has its address for as long as the channel lives.
    private final class Events {
        var listener: (SocketChange) -> Void = { _ in () }
    }

    // One asks. The other one knows the hosts file, and passes on what servers say when they refuse,
    // where the first one turns to the next server and forgets why.
    let channel: OpaquePointer
    let frank: OpaquePointer
    let readsHostsFile: Bool
    private let events = Events()

    /// Opens a channel, which reads the system's configuration for what is not set.
    ///
    /// - Throws: ``LookupError`` when c-ares cannot do with the settings.
    package init(_ settings: AresSettings) throws(LookupError) {
        readsHostsFile = settings.readsHostsFile
        // SAFETY: the events go after the channels, which are closed in `deinit`.
        let context = unsafe Unmanaged.passUnretained(events).toOpaque()
        let note: gv_ares_note = { context, number, reads, writes in
            guard let context = unsafe context else { return }
            // SAFETY: as above.
            unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue().listener(
                SocketChange(number: number, reads: reads != 0, writes: writes != 0))
        }
        unsafe channel = try settings.open(isFrank: false, note, context)
        do throws(LookupError) {
            unsafe frank = try settings.open(isFrank: true, note, context)
        } catch {
            unsafe gv_ares_close(channel)
            throw error
        }
    }

    // SAFETY: nobody uses the channel any more. Open questions are answered as given up.
    deinit {
        unsafe gv_ares_close(channel)
        unsafe gv_ares_close(frank)
    }

    /// Tells `listener` of every change of a socket, which must not call the channel.
    package func onSocketChange(_ listener: @escaping (SocketChange) -> Void) {
        events.listener = listener
    }

    /// Goes on where a socket may be read from or written to, and gives up what has taken too long.
    ///
    /// - Parameters:
    ///   - readable: A socket to read from.
    ///   - writable: A socket to write to.
    package func process(readable: Int32? = nil, writable: Int32? = nil) {
        // A number that is not its own means nothing to c-ares.
        unsafe gv_ares_process(channel, readable ?? -1, writable ?? -1)
        unsafe gv_ares_process(frank, readable ?? -1, writable ?? -1)
    }

    /// In what time at the latest to call ``process(readable:writable:)``; `nil` when no question is
    /// open.
    package var patience: Duration? { millisecondsLeft.map { .milliseconds($0) } }

    /// Gives up all questions, which are answered so, and closes all sockets.
    package func cancel() {
        unsafe gv_ares_cancel(channel)
        unsafe gv_ares_cancel(frank)
    }

    /// Waits, blocking the thread, until no question is open: for a thread that has nobody to let
    /// run meanwhile.
    ///
    /// Call: `poll`.
    package func finish() {
        while let millisecondsLeft {
            var sockets = polled
            // SAFETY: the records are lent for the call. An interrupted one is made again.
            let count = unsafe gv_poll_wait(
                &sockets, nfds_t(sockets.count), Int32(clamping: millisecondsLeft + 1))
            if count <= 0 { process() }
            for socket in sockets where count > 0 && socket.revents != 0 {
                let reads = socket.events & Int16(POLLIN) != 0
                let writes = socket.events & Int16(POLLOUT) != 0
                process(readable: reads ? socket.fd : nil, writable: writes ? socket.fd : nil)
            }
        }
    }

    private var millisecondsLeft: Int? {
        [unsafe gv_ares_timeout(channel), unsafe gv_ares_timeout(frank)].filter { $0 >= 0 }.min()
    }

    private var polled: [pollfd] {
        var sockets = [gv_ares_socket](repeating: gv_ares_socket(), count: 32)
        // SAFETY: each call writes at most 16.
        let count = unsafe sockets.withUnsafeMutableBufferPointer { room in
            let first = unsafe gv_ares_sockets(channel, room.baseAddress)
            return unsafe first + gv_ares_sockets(frank, room.baseAddress?.advanced(by: first))
        }
        return sockets.prefix(count).map { socket in
            let events = (socket.reads ? POLLIN : 0) | (socket.writes ? POLLOUT : 0)
            return pollfd(fd: socket.fd, events: Int16(events), revents: 0)
        }
    }
}
#endif
